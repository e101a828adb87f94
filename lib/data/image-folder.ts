import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { counted } from '../counted.js';
import { CascadeError } from '../errors.js';
import { readFailure } from '../files/open-for-reading.js';
import type { ImageSet } from './image-set.js';
import { type ClassOrder, orderByName } from './lists/class-order.js';
import { filesBelow } from './lists/files-below.js';
import { isImageFile, isOfTheSystem, unreadNote } from './lists/image-names.js';
import { matchNames } from './lists/match-names.js';

export interface FolderClasses {
  /** What the classes' folders are called, in the order of the classes, if that is something else than the names. */
  readonly ids: readonly string[] | undefined;
  readonly names: readonly string[];
  /** The folder inside each of them that holds the images. */
  readonly imagesIn: string | undefined;
}

/**
 * Lists a folder that has a folder of images for each class, classes in order and images by folder and name, those in folders
 * below too, as torchvision's `ImageFolder`. A folder is of the class that has its name; only if no folder is called like any class, they are the classes in their order.
 *
 * @throws CascadeError if it cannot be read, its folders are not the classes, or one of them holds no image.
 */
export async function listImageFolder(
  name: string,
  folder: string,
  classes: FolderClasses,
): Promise<ImageSet> {
  const found = (await foldersIn(folder)).filter((each) => !each.startsWith('.') && !isOfTheSystem(each));
  const { classes: order, note } = classesOf(found, folder, classes);
  const folders: string[] = [];
  for (const [index, each] of found.entries())
    folders[order[index]!] = path.join(folder, each, classes.imagesIn ?? '');
  const others: string[] = [];
  const names = await Promise.all(
    folders.map(async (each) => {
      const files = await filesBelow(each);
      const images = files.filter(isImageFile).sort(byFolderAndName);
      for (const file of files) if (!isImageFile(file)) others.push(file);
      if (images.length === 0)
        throw new CascadeError(
          `${each} holds no image; fill it, or leave its class out of the description.${spaced(unreadNote(each, files))}`,
        );
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
    notes: [note, unreadNote(folder, others)].filter((each) => each !== undefined),
    labels,
    imageOf(index) {
      // Names alone are kept: whole paths of a million images would be a hundred megabytes more.
      const label = labels[index]!;
      const file = path.join(folders[label]!, names[label]![index - starts[label]!]!);
      return { name: file, content: file };
    },
  };
}

function classesOf(found: readonly string[], folder: string, { ids, names }: FolderClasses): ClassOrder {
  const source = `${folder} has folders`;
  if (ids === undefined) {
    if (found.length === names.length) return orderByName({ names: found, source }, names, 'class_names');
    throw new CascadeError(
      `${folder} has ${counted(found.length, 'folder')} and the description ${names.length} classes; name each class once in class_names.`,
    );
  }
  const match = matchNames(found, ids);
  if (match.kind === 'matched') return { classes: match.places };
  const known = new Set(ids);
  const stranger = found.find((each) => !known.has(each));
  if (stranger !== undefined) {
    throw new CascadeError(
      `${path.join(folder, stranger)} is the folder of no class of the description; remove it, or add it to class_ids.`,
    );
  }
  const there = new Set(found);
  throw new CascadeError(
    `${folder} has no folder ${ids.find((id) => !there.has(id))}, which is among the class_ids; add it, or leave its class out of the description.`,
  );
}

function spaced(note: string | undefined): string {
  return note === undefined ? '' : ` ${note}`;
}

/** Files of a folder before those of the folders below it. */
function byFolderAndName(one: string, other: string): number {
  const [folder, otherFolder] = [path.dirname(one), path.dirname(other)];
  const [first, second] =
    folder === otherFolder ? [one, other] : [withoutDot(folder), withoutDot(otherFolder)];
  return first < second ? -1 : 1;
}

function withoutDot(folder: string): string {
  return folder === '.' ? '' : folder;
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    // A link may lead to a folder or to a file; what it is not shows when it is read.
    return entries
      .filter((each) => each.isSymbolicLink() || each.isDirectory())
      .map((each) => each.name)
      .sort();
  } catch (error) {
    throw readFailure(folder, error);
  }
}
