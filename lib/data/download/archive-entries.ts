import { CascadeError } from '../../errors.js';

/** Why an archive is not unpacked, in words to go on behind its name. */
export class RefusedArchive extends Error {}

/** Looks at the entries of an archive before any is unpacked. */
export interface EntryCheck {
  /** @throws RefusedArchive if the entry is not to be unpacked. */
  add(name: string, kind: 'file' | 'folder' | 'other', bytes: number): void;
}

/** Unpacked, an archive may have a gigabyte, and more only if it is large itself: pictures hardly become smaller. */
const LEAST_LIMIT = 2 ** 30;
const LARGEST_RATIO = 50;
/** The same for the number of entries: one takes some tens of bytes even when compressed. */
const LEAST_MOST_ENTRIES = 100_000;
const LEAST_ENTRY_BYTES = 32;
/** What file systems take for one name and for a whole path. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 1024;

/** The most bytes that an archive of so many may unpack to. */
export function unpackedLimit(archiveBytes: number): number {
  return Math.max(LEAST_LIMIT, LARGEST_RATIO * archiveBytes);
}

/**
 * Only files and folders, each once, of names that stay inside the folder they are unpacked in, and together no more than the limit.
 *
 * @param folder named in the errors.
 */
export function checkEntries(folder: string, archiveBytes: number): EntryCheck {
  const kinds = new Map<string, 'file' | 'folder'>();
  const mostEntries = Math.max(LEAST_MOST_ENTRIES, Math.floor(archiveBytes / LEAST_ENTRY_BYTES));
  let total = 0;
  return {
    add(name, kind, bytes) {
      const parts = name.split('/').filter((part) => part !== '' && part !== '.');
      const leadsOut =
        /^([/\\]|[a-z]:)/i.test(name) || parts.some((part) => part === '..' || part.includes('\\'));
      if (leadsOut || kind === 'other')
        throw new RefusedArchive(`holds ${name}, which would lead out of ${folder}`);
      const isTooLong =
        name.length > LONGEST_PATH || parts.some((part) => Buffer.byteLength(part) > LONGEST_NAME);
      if (isTooLong || /\p{Cc}/u.test(name))
        throw new RefusedArchive(`holds a file named ${name}, which is no name`);
      total += bytes;
      if (kinds.size > mostEntries) throw new RefusedArchive(`unpacks to more than ${mostEntries} files`);
      if (total > unpackedLimit(archiveBytes))
        throw new RefusedArchive(`unpacks to more than ${unpackedLimit(archiveBytes)} bytes`);
      for (let length = 1; length < parts.length; length++)
        note(parts.slice(0, length).join('/'), 'folder', kinds);
      if (parts.length > 0) note(parts.join('/'), kind, kinds);
    },
  };
}

function note(path: string, kind: 'file' | 'folder', kinds: Map<string, 'file' | 'folder'>): void {
  const before = kinds.get(path);
  if (before !== undefined && (before === 'file' || kind === 'file'))
    throw new RefusedArchive(`holds ${path} more than once`);
  kinds.set(path, kind);
}

/** That an archive was refused, as its user is told. */
export function refusal(archive: string, { message }: RefusedArchive): CascadeError {
  return new CascadeError(`${archive} ${message}; nothing was unpacked.`);
}
