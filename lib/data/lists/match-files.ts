import path from 'node:path';
import { counted } from '../../counted.js';
import { CascadeError } from '../../errors.js';
import { filesBelow } from './files-below.js';
import { isImageFile, isOfTheSystem, unreadNote } from './image-names.js';
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
  entries: readonly ListedLabel[],
  labelFile: string,
): Promise<MatchedFiles> {
  const everything = await filesBelow(folder);
  const there = everything.filter(isImageFile).sort();
  const listed = path.relative(folder, labelFile);
  const unreadBut = (read: ReadonlySet<string>): string | undefined =>
    unreadNote(
      folder,
      everything.filter((file) => file !== listed && !read.has(file)),
    );
  const isUnnamed = entries[0]!.file === undefined;
  if (entries.some(({ file }) => (file === undefined) !== isUnnamed))
    throw new CascadeError(`${labelFile} has lines with and without a file; write all of them alike.`);
  if (isUnnamed) {
    const unread = unreadBut(new Set());
    if (entries.length === there.length) return { files: there, list: entries, notes: noted(unread) };
    throw new CascadeError(
      `${labelFile} has ${counted(entries.length, 'label')} and ${folder} ${counted(there.length, 'image')}; they do not belong together.${unread === undefined ? '' : ` ${unread}`}`,
    );
  }
  const find = finder(there, new Set(everything), folder, labelFile);
  const list = entries.filter(({ file }) => !isOfTheSystem(file!));
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
  if (labels.size === 0) throw new CascadeError(`${labelFile} lists no image.`);
  const [foreign, repeated] = [entries.length - list.length, list.length - labels.size];
  return {
    files: [...labels.keys()],
    list: [...labels.values()],
    notes: noted(
      unreadBut(new Set(labels.keys())),
      foreign > 0
        ? `${labelFile} lists ${counted(foreign, 'file')} that a system keeps for itself, and no picture.`
        : undefined,
      repeated > 0
        ? `${labelFile} repeats images in ${repeated} of its entries; each is read once.`
        : undefined,
    ),
  };
}

function noted(...notes: readonly (string | undefined)[]): readonly string[] {
  return notes.filter((note) => note !== undefined);
}

/**
 * Looks a name of a list up among images: as it is; then without regard to how separators and accents are written and to endings, from
 * the folder of the images or that of the list; then without regard to capitals.
 */
function finder(
  images: readonly string[],
  everything: ReadonlySet<string>,
  folder: string,
  labelFile: string,
): (name: string) => string {
  const exact = new Set(images);
  const alike = indexOf(images, (key) => key);
  // Made where it is needed alone: of a million names it is large.
  let inAnyCase: ReadonlyMap<string, readonly string[]> | undefined;
  const fromList = (name: string): string =>
    path.relative(folder, path.resolve(path.dirname(labelFile), name));
  return (name) => {
    const plain = path.normalize(name);
    // What it is the bytes of a file tell; a name without an ending does not deny it.
    if (exact.has(plain) || (everything.has(plain) && path.extname(plain) === '')) return plain;
    const slashed = name.replaceAll('\\', '/');
    const keys = [plain, path.normalize(slashed), fromList(slashed)].map((key) => key.normalize('NFC'));
    let found = keys.map((key) => alike.get(key)).find((files) => files !== undefined);
    if (found === undefined) {
      inAnyCase ??= indexOf(images, (key) => key.toLowerCase());
      found = keys.map((key) => inAnyCase?.get(key.toLowerCase())).find((files) => files !== undefined);
    }
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

/** Images by what they may be called, with and without their ending. */
function indexOf(
  images: readonly string[],
  keyOf: (name: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const file of images) {
    const key = keyOf(file.normalize('NFC'));
    for (const each of new Set([key, key.replace(/\.[^.]+$/, '')])) {
      const files = index.get(each);
      if (files === undefined) index.set(each, [file]);
      else files.push(file);
    }
  }
  return index;
}
