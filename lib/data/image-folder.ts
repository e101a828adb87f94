import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError, systemReason } from '../errors.js';
import { IMAGE_FILE } from './image-files.js';
import type { ImageSet } from './image-set.js';

export interface FolderClasses {
  /** Names of the classes' folders in the order of the classes; the sorted folder names when left out. */
  readonly ids: readonly string[] | undefined;
  readonly count: number;
  /** The folder inside each of them that holds the images. */
  readonly imagesIn: string | undefined;
}

/**
 * Lists a folder that has a folder of images for each class, classes in order and images by name, as torchvision's `ImageFolder`.
 *
 * @throws CascadeError if it cannot be read, its folders are not the classes, or one of them holds no image.
 */
export async function listImageFolder(
  name: string,
  folder: string,
  { ids, count, imagesIn = '' }: FolderClasses,
): Promise<ImageSet> {
  const entries = await entriesOf(folder, true);
  const found = entries.filter((each) => !each.startsWith('.'));
  const stranger = ids === undefined ? undefined : found.find((each) => !ids.includes(each));
  if (stranger !== undefined) {
    throw new CascadeError(
      `${path.join(folder, stranger)} is the folder of no class of the description; remove it, or add it to class_ids.`,
    );
  }
  if (ids === undefined && found.length !== count) {
    throw new CascadeError(
      `${folder} has ${found.length} folders and the description ${count} classes; name each class once in class_names.`,
    );
  }
  const folders = (ids ?? found).map((id) => path.join(folder, id, imagesIn));
  const names = await Promise.all(
    folders.map(async (each) => {
      const images = (await entriesOf(each, false)).filter((file) => IMAGE_FILE.test(file));
      if (images.length === 0)
        throw new CascadeError(`${each} holds no image; fill it, or leave its class out of the description.`);
      return images;
    }),
  );
  const labels = new Uint16Array(names.reduce((sum, each) => sum + each.length, 0));
  const starts: number[] = [];
  let end = 0;
  for (const [label, { length }] of names.entries()) {
    starts.push(end);
    labels.fill(label, end, end + length);
    end += length;
  }
  return {
    name,
    labels,
    imageOf(index) {
      // Names alone are kept: whole paths of a million images would be a hundred megabytes more.
      const label = labels[index]!;
      const file = path.join(folders[label]!, names[label]![index - starts[label]!]!);
      return { name: file, content: file };
    },
  };
}

async function entriesOf(folder: string, folders: boolean): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    // A link may lead to a folder or to a file; what it is not shows when it is read.
    return entries
      .filter((each) => each.isSymbolicLink() || each.isDirectory() === folders)
      .map((each) => each.name)
      .sort();
  } catch (error) {
    throw new CascadeError(`${folder} cannot be read: ${systemReason(error)}.`, undefined, { cause: error });
  }
}
