import { CascadeError } from '../../errors.js';
import { elementCount } from '../../network/tensor.js';
import { openImageSize } from '../open-image-size.js';
import { isFloat } from './constant.js';
import type { GraphMessage, ValueMessage } from './model-file.js';
import { CHANNELS_FIRST, CHANNELS_LAST, fileShape, type ImageAxis, type ImageValue } from './values.js';

/** Most channels of a photograph, transparency included: fewer than an image has rows. */
const MOST_CHANNELS = 4;
/** Most numbers of an image; more is asked for by no network but by a damaged file. */
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
    const described = inputs.map(describe).join(', ') || 'none';
    throw new CascadeError(
      `${file} has the inputs ${described}, where cascade needs exactly one of floating-point images of four axes; export it so.`,
    );
  }
  const [first, , last] = sizes;
  const isChannelsLast = isChannels(last!) && !isChannels(first!);
  const axes = isChannelsLast ? CHANNELS_LAST : CHANNELS_FIRST;
  const size = (axis: ImageAxis): number => sizes[axes.indexOf(axis)]!;
  const channels = size(0);
  const [height, width] = [size(1) || imageSize?.[0], size(2) || imageSize?.[1]];
  if (height === undefined || width === undefined) {
    throw openImageSize(file);
  }
  const value = { kind: 'image', name: input.name, shape: [channels, height, width], axes } as const;
  if (!(channels > 0) || !(elementCount(value.shape) <= MOST_NUMBERS)) {
    throw new CascadeError(
      `${file} takes images of [${fileShape(value).join(', ')}], whose number of channels must be known; export it so.`,
    );
  }
  return value;
}

/** The sizes of a floating-point input without the batch, 0 where one is open; undefined if it is no image. */
function imageSizes({ type }: ValueMessage): readonly number[] | undefined {
  const tensor = type?.tensorType;
  const dimensions = tensor?.shape?.dim;
  if (!tensor || !isFloat(tensor.elemType) || dimensions?.length !== 4) return undefined;
  return dimensions.slice(1).map(({ dimValue }) => Math.max(0, dimValue));
}

function isChannels(size: number): boolean {
  return size > 0 && size <= MOST_CHANNELS;
}

function describe({ name, type }: ValueMessage): string {
  const tensor = type?.tensorType;
  const dimensions = tensor?.shape?.dim.map(({ dimValue }) => dimValue || '?').join(', ');
  return `${name} (${tensor ? `[${dimensions ?? '?'}] of the element type ${tensor.elemType}` : 'no tensor'})`;
}
