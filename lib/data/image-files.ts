import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemReason, usageError } from '../errors.js';
import { IMAGE_ENDINGS, isImageFile, isOfTheSystem, unreadNote } from './lists/image-names.js';

/**
 * Looks at paths before long work starts with them. Some that are not there do not stop the others.
 *
 * @returns what to tell of files in folders that are not read.
 * @throws CascadeError if none of the paths is there, or a folder holds no image.
 */
export async function checkImagePaths(paths: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = [];
  const notes: string[] = [];
  for (const each of paths) {
    const found = await stat(each).catch((error: unknown) => {
      missing.push(`${each} cannot be read: ${systemReason(error)}.`);
    });
    if (!found?.isDirectory()) continue;
    let holdsImages = false;
    const others: string[] = [];
    for await (const file of filesBelow(each)) {
      if (isImageFile(path.basename(file))) holdsImages = true;
      else others.push(path.basename(file));
    }
    const note = unreadNote(each, others);
    if (!holdsImages) {
      const unread = note === undefined ? '.' : `; ${note[0]!.toLowerCase()}${note.slice(1)}`;
      throw usageError(`${each} holds no image file (${IMAGE_ENDINGS})${unread}`);
    }
    if (note !== undefined) notes.push(note);
  }
  if (missing.length === paths.length && missing.length > 0) throw usageError(missing[0]!);
  return notes;
}

/**
 * The image files that paths stand for, one by one: a file itself, of a folder the images in it and below, by name. No more than
 * the names in one line of folders are held. A path that is not there comes as it is, for whoever opens it to report.
 */
export async function* imageFiles(paths: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  for await (const each of paths) {
    const found = await stat(each).catch(() => undefined);
    if (!found?.isDirectory()) yield each;
    else for await (const file of filesBelow(each)) if (isImageFile(path.basename(file))) yield file;
  }
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (isOfTheSystem(entry.name)) continue;
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(inside);
    else yield inside;
  }
}
