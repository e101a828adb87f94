import sharp from 'sharp';
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
export async function corrupted(
  pixels: Uint8Array,
  shape: readonly [number, number, number],
  corruption: Corruption,
  strength: number,
  random: () => number,
): Promise<Uint8Array> {
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

async function blurred(
  pixels: Uint8Array,
  [channels, height, width]: readonly [number, number, number],
  sigma: number,
): Promise<Uint8Array> {
  const area = height * width;
  const planes = Array.from({ length: channels }, (_, channel) =>
    sharp(pixels.subarray(channel * area, (channel + 1) * area), { raw: { width, height, channels: 1 } })
      .blur(sigma)
      .toColourspace('b-w')
      .raw()
      .toBuffer(),
  );
  return new Uint8Array(Buffer.concat(await Promise.all(planes)));
}
