import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { CascadeError, systemReason } from '../errors.js';

/** Flags that open a file to be read, a pipe without waiting for somebody to write into it. */
export const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a regular file, or a link to one. Anything else is not waited for: a named pipe without a writer would hold the process until
 * it is killed.
 *
 * @throws CascadeError if it cannot be opened, or is a folder, a pipe, a device or a socket.
 */
export async function openForReading(file: string): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(file, READ_AT_ONCE);
  } catch (error) {
    throw readFailure(file, error);
  }
  const found = await handle.stat();
  if (found.isFile()) return handle;
  await handle.close();
  throw notRegular(file, found);
}

/** The most bytes that `readWhole` takes into memory: Node refuses 2 GiB. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Reads a regular file as a whole.
 *
 * @throws CascadeError as `openForReading` does, or if it has 2 GiB or more, or reading fails.
 */
export async function readWhole(file: string): Promise<Buffer> {
  const handle = await openForReading(file);
  try {
    const { size } = await handle.stat();
    if (size > MOST_BYTES) throw new CascadeError(`${file} has ${size} bytes, more than are read at once.`);
    return await handle.readFile();
  } catch (error) {
    throw error instanceof CascadeError ? error : readFailure(file, error);
  } finally {
    await handle.close();
  }
}

/** That a file cannot be read, and why. */
export function readFailure(file: string, error: unknown): CascadeError {
  // A path with a NUL in it is refused before the system is asked; a socket has no reader's end.
  const reason = { ERR_INVALID_ARG_VALUE: 'its name is not valid', ENXIO: 'it is a socket' }[
    (error as NodeJS.ErrnoException).code ?? ''
  ];
  return new CascadeError(`${file} cannot be read: ${reason ?? systemReason(error)}.`, undefined, {
    cause: error,
  });
}

/** That something is no file that can be read from any place on. */
export function notRegular(file: string, found: Stats): CascadeError {
  return new CascadeError(`${file} is ${kindOf(found)}; give a regular file.`);
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a folder';
  return found.isFIFO() ? 'a named pipe' : 'a device';
}

/** Whether a failure says that there is no such file. */
export function isAbsent(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
