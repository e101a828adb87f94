import type { Size } from './preprocessing.js';

/** The most pixels of a picture: 8192×8192. A file of some kilobytes may claim billions, and each takes three bytes or more. */
const MOST_PIXELS = 2 ** 26;

/** @throws Error, in words to go on behind "cannot be decoded as an image", if a size is none, or more than the limit. */
export function checkPixels({ width, height }: Size): void {
  if (!(width > 0 && height > 0)) throw new Error('it has no pixels');
  if (width * height > MOST_PIXELS)
    throw new Error(
      `it has ${width}×${height} pixels, and cascade decodes at most ${MOST_PIXELS} (8192×8192)`,
    );
}

/** Pixels that are decoded side by side. */
const AT_ONCE = 2 * MOST_PIXELS;

let inWork = 0;
const waiting: (() => void)[] = [];

/** Does work that holds so many pixels in memory, once what is under way leaves room for them. */
export async function withPixels<T>(pixels: number, work: () => Promise<T>): Promise<T> {
  while (inWork > 0 && inWork + pixels > AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  inWork += pixels;
  try {
    return await work();
  } finally {
    inWork -= pixels;
    for (const resume of waiting.splice(0)) resume();
  }
}
