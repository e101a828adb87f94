import { readFile } from 'node:fs/promises';
import { CascadeError, systemReason } from '../errors.js';

/** A whole file. @throws CascadeError if it cannot be read. */
export function readBytes(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw new CascadeError(`${file} cannot be read: ${systemReason(error)}.`, undefined, { cause: error });
  });
}
