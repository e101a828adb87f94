import { IMAGENET_SIZE, type ImageSize } from '../family.js';

/** What networks of inverted residuals are told apart by. */
export interface Stages {
  /** Blocks of each stage. */
  readonly repeats: readonly number[];
  /** Output channels of each stage. */
  readonly widths: readonly number[];
  /** Rows of the depthwise windows of each stage; 0 where they differ within it. */
  readonly sizes: readonly number[];
}

/** Of the first block of each stage, in MobileNetV2 (arXiv 1801.04381, table 2) and EfficientNet (arXiv 1905.11946, table 1) alike. */
export const STRIDES: readonly number[] = [1, 2, 2, 2, 1, 2, 1];

/** Blocks of MobileNetV2's stages. */
export const MOBILENET_REPEATS: readonly number[] = [1, 2, 3, 4, 3, 3, 1];
const MOBILENET_LAST_WIDTH = 320;

const EFFICIENTNET_SIZES = '3,3,5,3,5,5,3';
/** Those of tensorflow/tpu's efficientnet/lite: the side of the images that each was trained on. */
const LITES = [
  { name: 'EfficientNet-Lite0', repeats: '1,2,2,3,3,4,1', lastWidth: 320, side: 224 },
  { name: 'EfficientNet-Lite1', repeats: '1,3,3,4,4,5,1', lastWidth: 320, side: 240 },
  { name: 'EfficientNet-Lite2', repeats: '1,3,3,4,4,5,1', lastWidth: 352, side: 260 },
  { name: 'EfficientNet-Lite3', repeats: '1,3,3,5,5,6,1', lastWidth: 384, side: 280 },
  { name: 'EfficientNet-Lite4', repeats: '1,4,4,6,6,8,1', lastWidth: 448, side: 300 },
];

/** A network by its stages. */
export interface Member {
  readonly kind: 'mobilenet' | 'efficientnet';
  readonly title: string;
  readonly usualImageSize: ImageSize;
}

/**
 * What a network with such stages is called, or undefined where they are those of neither family: others with blocks of the same names,
 * such as MNASNet, have other activations and strides, which no tensor tells.
 *
 * @example memberOf({ repeats: [1, 2, 3, 4, 3, 3, 1], widths: [16, 24, 32, 64, 96, 160, 320], sizes: Array(7).fill(3) })?.title; // 'MobileNetV2'
 */
export function memberOf({ repeats, widths, sizes }: Stages): Member | undefined {
  if (repeats.length !== STRIDES.length) return undefined;
  const blocks = repeats.reduce((sum, count) => sum + count, 0);
  const lastWidth = widths.at(-1)!;
  if (sizes.join() === EFFICIENTNET_SIZES) {
    const known = LITES.find((lite) => lite.repeats === repeats.join() && lite.lastWidth === lastWidth);
    const title = known?.name ?? `EfficientNet-Lite of ${blocks} blocks`;
    const usualImageSize: ImageSize = known === undefined ? IMAGENET_SIZE : [known.side, known.side];
    return { kind: 'efficientnet', title, usualImageSize };
  }
  if (sizes.some((size) => size !== 3)) return undefined;
  const width = Math.round((100 * lastWidth) / MOBILENET_LAST_WIDTH) / 100;
  const isUsual = repeats.join() === MOBILENET_REPEATS.join();
  const title = `MobileNetV2${width === 1 ? '' : ` ×${width}`}${isUsual ? '' : ` of ${blocks} blocks`}`;
  return { kind: 'mobilenet', title, usualImageSize: IMAGENET_SIZE };
}
