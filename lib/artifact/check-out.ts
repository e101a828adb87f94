import { existsSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CascadeError, usageError } from '../errors.js';
import { writeReason } from '../files/write-failure.js';
import { folderName } from './folders/folder-name.js';
import { PARTIAL_FILE } from './folders/partial-folder.js';
import { MANIFEST_FILE, SEALED_FILES } from './manifest.js';
import { TIMINGS_FILE } from './timings/timings.js';

/** A kind of folder that a command makes whole. */
export interface FolderKind {
  /** What it is called in errors. */
  readonly name: string;
  /** The file that each of its kind holds. */
  readonly marker: string;
  /** Whether it may hold a file or folder of that name. */
  holds(name: string): boolean;
}

/** What a monitor of a cascade keeps between runs, where nothing else was said. */
export const MONITOR_FILE = 'monitor.json';

const CASCADE_ENTRIES: ReadonlySet<string> = new Set([
  ...SEALED_FILES,
  MANIFEST_FILE,
  'thresholds.json',
  TIMINGS_FILE,
  MONITOR_FILE,
  'records',
]);

export const CASCADE_FOLDER: FolderKind = {
  name: 'cascade',
  marker: MANIFEST_FILE,
  holds: (name) => CASCADE_ENTRIES.has(name),
};

/** What systems leave in every folder that is looked at, and what a killed run leaves. */
const LITTER = /^(\.DS_Store|Thumbs\.db|desktop\.ini|.*\.[0-9a-f]{8}\.part)$/;

/**
 * Looks whether a folder may be written. What is replaced by force must be of the same kind and hold nothing else, so that a slip of
 * the pen never deletes what cascade did not make.
 *
 * @throws CascadeError if something is in the way.
 */
export function checkReplaceable(out: string, force: boolean, { name, marker, holds }: FolderKind): void {
  if (!isThere(out)) return;
  if (!existsSync(path.join(out, marker)))
    throw usageError(`${out} is there already and is no ${name}; choose another --out.`);
  if (!force) throw usageError(`${out} is there already; choose another --out or add --force to replace it.`);
  const other = readdirSync(out).find((each) => !holds(each) && each !== PARTIAL_FILE && !LITTER.test(each));
  if (other !== undefined) {
    throw usageError(
      `${out} holds ${other}, which is no part of ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}; move it away or choose another --out.`,
    );
  }
}

/** @throws CascadeError if it cannot be told: a folder on the way is a file, may not be searched, or has too long a name. */
function isThere(out: string): boolean {
  try {
    return lstatSync(out, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw new CascadeError(`${out} cannot be made: ${writeReason(out, error)}.`, undefined, { cause: error });
  }
}

/** The name of a cascade, of its folder. @throws CascadeError if results could not be put in a folder of that name. */
export function cascadeName(out: string): string {
  const name = folderName(out);
  if (name !== undefined) return name;
  throw usageError(
    `--out ${out} gives the cascade no name for its results; choose another, such as mine.cascade.`,
  );
}
