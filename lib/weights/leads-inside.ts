import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { isInside } from '../files/inside-folder.js';

/**
 * Whether a file that a model names is below the model's folder with all links followed: below the one in which the model is named
 * or, as download caches keep all files of a model behind links, below the one in which it lies.
 *
 * @throws if either is not there.
 */
export async function leadsInside(source: string, model: string): Promise<boolean> {
  const target = await realpath(source);
  const folders = [await realpath(path.dirname(model)), path.dirname(await realpath(model))];
  return folders.some((folder) => target !== folder && isInside(folder, target));
}
