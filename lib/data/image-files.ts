import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError, systemReason, usageError } from '../errors.js';

/** Endings of the files that are taken from a folder. */
const IMAGE_FILE = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;

/**
 * The image files that some paths stand for: a file itself, of a folder the images in it and below, by name.
 *
 * @throws CascadeError if a path is not there, or a folder holds no image.
 */
export async function listImages(paths: readonly string[]): Promise<readonly string[]> {
  const lists = paths.map(async (each) => {
    const found = await stat(each).catch((error: unknown) => {
      throw usageError(`${each} cannot be read: ${systemReason(error)}.`);
    });
    if (!found.isDirectory()) return [each];
    const names = (await readdir(each, { recursive: true })).filter((name) => IMAGE_FILE.test(name)).sort();
    if (names.length === 0)
      throw usageError(`${each} holds no image file (.png, .jpg, .webp, .gif, .tif, .avif).`);
    return names.map((name) => path.join(each, name));
  });
  return (await Promise.all(lists)).flat();
}

/**
 * Decodes an image to pixels 0 … 255, channel-first; one of another size is scaled to the shape, its sides stretched as need be,
 * one of other channels turned into grey or colour, transparency laid on black.
 *
 * @throws CascadeError if it cannot be decoded.
 */
export async function decodeImage(
  file: string,
  [channels, height, width]: readonly [channels: number, height: number, width: number],
): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const image = sharp(file, { failOn: 'error' }).rotate().flatten().resize(width, height, { fit: 'fill' });
  const coloured = channels === 1 ? image.toColourspace('b-w') : image.toColourspace('srgb');
  const { data, info } = await coloured
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      throw new CascadeError(`${file} cannot be decoded as an image: ${reason}.`, undefined, {
        cause: error,
      });
    });
  const pixels = new Uint8Array(channels * height * width);
  const area = height * width;
  for (let pixel = 0; pixel < area; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      pixels[channel * area + pixel] = data[pixel * info.channels + Math.min(channel, info.channels - 1)]!;
    }
  }
  return pixels;
}
