import type { Shape } from '../network/graph.js';

/** How a data set's training images are varied. */
export interface Augmentation {
  /** Black pixels put on every side before a random crop back to the image's size. */
  readonly crop_padding: number;
  /** Whether every second image, at random, is mirrored left to right. */
  readonly flip: boolean;
}

/**
 * Crops and mirrors each image of a batch at random, in place.
 *
 * @param images `count` images of `shape` (channels, height, width), pixels 0 … 255.
 * @param random uniform numbers in [0, 1); two or three are drawn an image.
 */
export function augmentImages(
  images: Uint8Array,
  count: number,
  shape: Shape,
  augmentation: Augmentation,
  random: () => number,
): void {
  const [channels, height, width] = shape as readonly [number, number, number];
  const size = channels * height * width;
  const original = new Uint8Array(size);
  for (let image = 0; image < count; image++) {
    const target = images.subarray(image * size, (image + 1) * size);
    original.set(target);
    target.fill(0);
    const { down, right, isMirrored } = drawVariation(augmentation, random);
    const firstColumn = Math.max(0, -right);
    const endColumn = Math.min(width, width - right);
    for (let channel = 0; channel < channels; channel++) {
      for (let row = Math.max(0, -down); row < Math.min(height, height - down); row++) {
        const to = (channel * height + row) * width;
        const from = (channel * height + row + down) * width + right;
        for (let column = firstColumn; column < endColumn; column++) {
          target[to + (isMirrored ? width - 1 - column : column)] = original[from + column]!;
        }
      }
    }
  }
}

/** Draws what `augmentImages` draws for so many images, to go on behind them. */
export function passOver(count: number, augmentation: Augmentation, random: () => number): void {
  for (let image = 0; image < count; image++) drawVariation(augmentation, random);
}

/** How one image is varied. */
function drawVariation(
  { crop_padding: padding, flip }: Augmentation,
  random: () => number,
): { readonly down: number; readonly right: number; readonly isMirrored: boolean } {
  const shift = (): number => Math.floor(random() * (2 * padding + 1)) - padding;
  return { down: shift(), right: shift(), isMirrored: flip && random() < 0.5 };
}
