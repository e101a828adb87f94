import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { counted } from '../../counted.js';
import { CascadeError } from '../../errors.js';
import { readFailure } from '../../files/open-for-reading.js';
import { isImageFile, unreadNote } from './image-names.js';
import type { ListedLabel } from './listed-label.js';

/** The images that a list means, and what to tell of others. */
export interface MatchedFiles {
  /** Paths in the folder, one an entry of `list`. */
  readonly files: readonly string[];
  /** The list without entries that repeat others. */
  readonly list: readonly ListedLabel[];
  readonly notes: readonly string[];
}

/**
 * Finds the file of each entry of a list: all files by name where it names none; an ending may be left out.
 *
 * @throws CascadeError if the folder cannot be read, a file is not there, may be one of two, or is listed with two labels.
 */
export async function matchFiles(
  folder: string,
  list: readonly ListedLabel[],
  labelFile: string,
): Promise<MatchedFiles> {
  const everything = await filesBelow(folder);
  const there = everything.filter(isImageFile).sort();
  const listed = path.relative(folder, labelFile);
  const unread = unreadNote(
    folder,
    everything.filter((file) => file !== listed),
  );
  const notes = unread === undefined ? [] : [unread];
  const isUnnamed = list[0]!.file === undefined;
  if (list.some(({ file }) => (file === undefined) !== isUnnamed))
    throw new CascadeError(`${labelFile} has lines with and without a file; write all of them alike.`);
  if (isUnnamed) {
    if (list.length === there.length) return { files: there, list, notes };
    throw new CascadeError(
      `${labelFile} has ${counted(list.length, 'label')} and ${folder} ${counted(there.length, 'image')}; they do not belong together.${unread === undefined ? '' : ` ${unread}`}`,
    );
  }
  const find = finder(there, new Set(everything), folder, labelFile);
  const labels = new Map<string, ListedLabel>();
  for (const entry of list) {
    const file = find(entry.file!);
    const { label: before = entry.label } = labels.get(file) ?? {};
    if (before !== entry.label) {
      throw new CascadeError(
        `${labelFile} gives ${file} the labels ${before} and ${entry.label}; leave one of them.`,
      );
    }
    labels.set(file, entry);
  }
  const repeated = list.length - labels.size;
  if (repeated > 0)
    notes.push(`${labelFile} repeats images in ${repeated} of its entries; each is read once.`);
  return { files: [...labels.keys()], list: [...labels.values()], notes };
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  } catch (error) {
    throw readFailure(folder, error);
  }
}

/** Looks a name of a list up among images: as it is, then without regard to how separators and accents are written and to endings. */
function finder(
  images: readonly string[],
  everything: ReadonlySet<string>,
  folder: string,
  labelFile: string,
): (name: string) => string {
  const exact = new Set(images);
  const alike = new Map<string, string[]>();
  const add = (key: string, file: string): void => {
    const files = alike.get(key);
    if (files === undefined) alike.set(key, [file]);
    else if (!files.includes(file)) files.push(file);
  };
  for (const file of images) {
    const key = file.normalize('NFC');
    add(key, file);
    add(key.replace(/\.[^.]+$/, ''), file);
  }
  return (name) => {
    const plain = path.normalize(name);
    if (exact.has(plain)) return plain;
    const keys = [plain, path.normalize(name.replaceAll('\\', '/'))].map((key) => key.normalize('NFC'));
    const found = keys.map((key) => alike.get(key)).find((files) => files !== undefined);
    if (found === undefined) {
      throw new CascadeError(
        everything.has(plain)
          ? `${labelFile} lists ${name}, which is of a kind that is not read; convert it to PNG.`
          : `${labelFile} lists ${name}, which is not in ${folder}; complete the folder.`,
      );
    }
    if (found.length === 1) return found[0]!;
    throw new CascadeError(
      `${labelFile} lists ${name}, which may be ${found.slice(0, 3).join(' or ')}; write the ending, too.`,
    );
  };
}
