import { type FileHandle, open } from 'node:fs/promises';
import { CascadeError, systemReason } from '../errors.js';

/** @throws CascadeError if the file cannot be opened. */
export async function openForReading(file: string): Promise<FileHandle> {
  try {
    return await open(file);
  } catch (error) {
    throw new CascadeError(`${file} cannot be read: ${systemReason(error)}.`, undefined, { cause: error });
  }
}
