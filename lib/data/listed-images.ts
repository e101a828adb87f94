import path from 'node:path';
import { counted } from '../counted.js';
import { usageError } from '../errors.js';
import { readText } from '../files/read-text.js';
import { checkImagePaths, imageFiles } from './image-files.js';

/** A file with the paths of images, one a line. */
const LIST = /\.(txt|lst)$/i;

/**
 * All image files that paths stand for, each once: files, folders with what is below, and lists of paths, one a line and relative to
 * the list.
 *
 * @param onNote told of files in folders that are not read.
 * @throws CascadeError if none of the paths is there, a folder holds no image, or there is no image at all.
 */
export async function listedImages(
  paths: readonly string[],
  onNote: (note: string) => void,
): Promise<readonly string[]> {
  const lists = paths.map(async (each) => (LIST.test(each) ? pathsOf(each) : [each]));
  const all = (await Promise.all(lists)).flat();
  for (const note of await checkImagePaths(all)) onNote(note);
  const files = new Map<string, string>();
  let given = 0;
  for await (const file of imageFiles(all)) {
    given++;
    if (!files.has(path.resolve(file))) files.set(path.resolve(file), file);
  }
  if (files.size === 0) throw usageError(`${paths.join(' ')} names no image; give image files or folders.`);
  if (given > files.size)
    onNote(
      `${counted(given - files.size, 'image is', 'images are')} named more than once and ${given - files.size === 1 ? 'counts' : 'count'} once.`,
    );
  return [...files.values()];
}

async function pathsOf(list: string): Promise<readonly string[]> {
  const lines = (await readText(list)).split(/\r?\n/).map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => (path.isAbsolute(line) ? line : path.join(path.dirname(list), line)));
}
