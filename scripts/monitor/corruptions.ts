import { normalQuantile } from '../../lib/stats/normal-quantile.js';

/** Ways in which images go bad in the field. */
export const CORRUPTIONS = ['noise', 'blur', 'contrast'] as const;

export type Corruption = (typeof CORRUPTIONS)[number];

/** The five severities of CIFAR-10-C (Hendrycks & Dietterich 2019, arXiv 1903.12261), from mild to strong. */
const SEVERITIES: Readonly<Record<Corruption, readonly number[]>> = {
  /** Standard deviation of Gaussian noise, a fraction of the range. */
  noise: [0.04, 0.06, 0.08, 0.09, 0.1],
  /** Standard deviation of a Gaussian, in pixels. */
  blur: [0.4, 0.6, 0.7, 0.8, 1],
  /** What the distance from the mean of the image is multiplied by. */
  contrast: [0.75, 0.5, 0.4, 0.3, 0.15],
};

export const STRONGEST = 5;

/**
 * An image with a corruption.
 *
 * @param pixels channels, rows, columns, each 0 … 255.
 * @param strength from 1 to 5.
 * @param random uniform numbers in [0, 1).
 */
export function corrupted(
  pixels: Uint8Array,
  shape: readonly [number, number, number],
  corruption: Corruption,
  strength: number,
  random: () => number,
): Uint8Array {
  const severity = SEVERITIES[corruption][strength - 1]!;
  switch (corruption) {
    case 'noise':
      return clamped(pixels, (value) => value + 255 * severity * normalQuantile((random() + 2 ** -33) % 1));
    case 'blur':
      return blurred(pixels, shape, severity);
    case 'contrast': {
      const area = shape[1] * shape[2];
      const means = Array.from({ length: shape[0] }, (_, channel) => {
        const values = pixels.subarray(channel * area, (channel + 1) * area);
        return values.reduce((sum, value) => sum + value, 0) / area;
      });
      return clamped(pixels, (value, index) => {
        const mean = means[Math.floor(index / area)]!;
        return mean + severity * (value - mean);
      });
    }
  }
}

function clamped(pixels: Uint8Array, change: (value: number, index: number) => number): Uint8Array {
  // A clamped array rounds to the nearest of 0 … 255.
  return new Uint8Array(Uint8ClampedArray.from(pixels, change).buffer);
}

/** Rows, then columns, with the Gaussian out to four standard deviations; what lies outside is as the nearest pixel. */
function blurred(
  pixels: Uint8Array,
  [, height, width]: readonly [number, number, number],
  sigma: number,
): Uint8Array {
  const reach = Math.ceil(4 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, place) =>
    Math.exp(-((place - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  /** Along lines of `length` values `step` apart. */
  const along = (values: ArrayLike<number>, step: number, length: number): Float64Array =>
    Float64Array.from(values, (_, index) => {
      const place = Math.floor(index / step) % length;
      return weights.reduce((sum, weight, offset) => {
        const from = Math.min(Math.max(place + offset - reach, 0), length - 1);
        return sum + (weight / total) * values[index + (from - place) * step]!;
      }, 0);
    });
  const smooth = along(along(pixels, 1, width), width, height);
  return clamped(pixels, (_, index) => smooth[index]!);
}
