import { CascadeError } from '../../errors.js';
import { elementCount } from '../../network/tensor.js';
import { openImageSize } from '../open-image-size.js';
import { quoted } from '../quoted.js';
import { isFloat, isPixelType } from './constant.js';
import { enumerated, listed } from './listed.js';
import type { GraphMessage, ValueMessage } from './model-file.js';
import { toldChannels } from './told-channels.js';
import { CHANNELS_FIRST, CHANNELS_LAST, fileShape, type ImageAxis, type ImageValue } from './values.js';

/** Most channels of a photograph, transparency included: fewer than an image has rows. */
const MOST_CHANNELS = 4;
/** Most numbers of an image (256 MiB): a limit of cascade's own, against files that ask for all memory. */
const MOST_NUMBERS = 2 ** 26;

/**
 * The one value that enters a model: images, whose channels may stand last.
 *
 * @param imageSize `[height, width]` where the model leaves them open.
 * @throws CascadeError telling what there is instead.
 */
export function inputOf(
  graph: GraphMessage,
  imageSize: readonly [number, number] | undefined,
  file: string,
): ImageValue {
  // Before version 4 of the format every weight was an input too.
  const weights = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !weights.has(name));
  const [input] = inputs;
  const sizes = input && imageSizes(input);
  if (inputs.length !== 1 || input === undefined || sizes === undefined) {
    const described = enumerated(inputs.map(describe)) || 'none';
    throw new CascadeError(
      `${file} has the inputs ${described}, where cascade needs exactly one of images of four axes, in floating-point numbers or as pixels 0 … 255 in uint8; export it so.`,
    );
  }
  const [first, , last] = sizes;
  const isClear = isChannels(last!) || isChannels(first!);
  const told = isClear ? undefined : toldChannels(graph, input.name);
  const isChannelsLast = told ? told.axis === sizes.length : isChannels(last!) && !isChannels(first!);
  const axes = isChannelsLast ? CHANNELS_LAST : CHANNELS_FIRST;
  const size = (axis: ImageAxis): number => sizes[axes.indexOf(axis)]!;
  const channels = size(0) || told?.channels || 0;
  const [height, width] = [size(1) || imageSize?.[0], size(2) || imageSize?.[1]];
  if (height === undefined || width === undefined) {
    throw openImageSize(file);
  }
  const value = { kind: 'image', name: input.name, shape: [channels, height, width], axes } as const;
  if (!(channels > 0)) {
    throw new CascadeError(
      `${file} takes images of ${listed(sizes.map((size) => size || '?'))}, and neither they nor the first convolution tell the number of channels; export it with that.`,
    );
  }
  if (!(elementCount(value.shape) <= MOST_NUMBERS)) {
    throw new CascadeError(
      `${file} takes images of ${listed(fileShape(value))}, where cascade takes at most ${MOST_NUMBERS} numbers an image; export it for smaller ones.`,
    );
  }
  return isFloat(input.type!.tensorType!.elemType) ? value : { ...value, isWhole: true };
}

/** The sizes of an input of numbers without the batch, 0 where one is open; undefined if it is no image. */
function imageSizes({ type }: ValueMessage): readonly number[] | undefined {
  const tensor = type?.tensorType;
  const dimensions = tensor?.shape?.dim;
  if (!tensor || dimensions?.length !== 4) return undefined;
  if (!isFloat(tensor.elemType) && !isPixelType(tensor.elemType)) return undefined;
  return dimensions.slice(1).map(({ dimValue }) => Math.max(0, dimValue));
}

function isChannels(size: number): boolean {
  return size > 0 && size <= MOST_CHANNELS;
}

function describe({ name, type }: ValueMessage): string {
  const tensor = type?.tensorType;
  const dimensions = listed(tensor?.shape?.dim.map(({ dimValue }) => dimValue || '?') ?? ['?']);
  return `${quoted(name)} (${tensor ? `${dimensions} of the element type ${tensor.elemType}` : 'no tensor'})`;
}
