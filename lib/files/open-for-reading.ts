import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { CascadeError, systemReason } from '../errors.js';

/** @throws CascadeError if the file cannot be opened. */
export async function openForReading(file: string): Promise<FileHandle> {
  try {
    return await open(file);
  } catch (error) {
    throw readFailure(file, error);
  }
}

/** Flags that open a file to be read, a pipe without waiting for somebody to write into it. */
export const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file that must have a length and be readable twice: no pipe, device or folder.
 *
 * @throws CascadeError if it cannot be opened or is of another kind.
 */
export async function openRegularFile(file: string): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(file, READ_AT_ONCE);
  } catch (error) {
    throw readFailure(file, error);
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw notRegular(file);
}

/** The whole content of such a file. @throws CascadeError as `openRegularFile` does, or if it cannot be read. */
export async function readRegularFile(file: string): Promise<Buffer> {
  const handle = await openRegularFile(file);
  try {
    return await handle.readFile();
  } catch (error) {
    throw readFailure(file, error);
  } finally {
    await handle.close();
  }
}

/** That a file cannot be read, and why. */
export function readFailure(file: string, error: unknown): CascadeError {
  return new CascadeError(`${file} cannot be read: ${systemReason(error)}.`, undefined, { cause: error });
}

/** That something is no file that can be read from any place on. */
export function notRegular(file: string): CascadeError {
  return new CascadeError(
    `${file} is no regular file; put the file itself there, no pipe, device or folder.`,
  );
}

/** Whether a failure says that there is no such file. */
export function isAbsent(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
