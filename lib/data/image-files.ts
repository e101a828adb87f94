import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemReason, usageError } from '../errors.js';

/** Endings of the files that are taken from a folder. */
export const IMAGE_FILE = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;

/**
 * Looks at paths before long work starts with them. Some that are not there do not stop the others.
 *
 * @throws CascadeError if none of the paths is there, or a folder holds no image.
 */
export async function checkImagePaths(paths: readonly string[]): Promise<void> {
  const missing: string[] = [];
  for (const each of paths) {
    const found = await stat(each).catch((error: unknown) => {
      missing.push(`${each} cannot be read: ${systemReason(error)}.`);
    });
    if (!found?.isDirectory()) continue;
    const { done } = await imagesBelow(each).next();
    if (done) throw usageError(`${each} holds no image file (.png, .jpg, .webp, .gif, .tif, .avif).`);
  }
  if (missing.length === paths.length && missing.length > 0) throw usageError(missing[0]!);
}

/**
 * The image files that paths stand for, one by one: a file itself, of a folder the images in it and below, by name. No more than
 * the names in one line of folders are held. A path that is not there comes as it is, for whoever opens it to report.
 */
export async function* imageFiles(paths: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  for await (const each of paths) {
    const found = await stat(each).catch(() => undefined);
    if (found?.isDirectory()) yield* imagesBelow(each);
    else yield each;
  }
}

async function* imagesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* imagesBelow(inside);
    else if (IMAGE_FILE.test(entry.name)) yield inside;
  }
}
