import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemReason, usageError } from '../errors.js';

/** Endings of the files that are taken from a folder. */
export const IMAGE_FILE = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;

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
