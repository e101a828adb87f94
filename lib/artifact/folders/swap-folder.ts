import { randomBytes } from 'node:crypto';
import { lstat, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError } from '../../errors.js';
import { writeReason } from '../../files/write-failure.js';
import { PARTIAL_FILE } from './partial-folder.js';

/**
 * Gives a finished folder its name. What had that name is removed last; if the finished one cannot take its place, it gets it back.
 *
 * @param work that `startPartial` started.
 * @throws CascadeError if a folder cannot be renamed; then all is as it was before.
 */
export async function swapFolder(work: string, out: string): Promise<void> {
  const old = `${out}.replaced-${randomBytes(4).toString('hex')}`;
  const isThere = await lstat(out).then(
    () => true,
    () => false,
  );
  const failure = (error: unknown): CascadeError =>
    new CascadeError(`${out} cannot be put in place: ${writeReason(out, error)}.`, undefined, {
      cause: error,
    });
  try {
    if (isThere) await rename(out, old);
  } catch (error) {
    throw failure(error);
  }
  try {
    await rename(work, out);
  } catch (error) {
    if (isThere) await rename(old, out);
    throw failure(error);
  }
  // Last of all: until here the folder is told to be cascade's own, whenever the process is killed.
  await rm(path.join(out, PARTIAL_FILE), { force: true });
  if (isThere) await rm(old, { recursive: true, force: true });
}
