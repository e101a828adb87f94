import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFailure } from './write-failure.js';
import { writeFully } from './write-fully.js';

/** A file that is being written under a temporary name: it appears whole, by `commit`, or not at all. */
export interface PendingFile {
  write(bytes: Uint8Array, position?: number): Promise<void>;
  /** Flushes to the disk and gives the file its name. */
  commit(): Promise<void>;
  /** Removes what was written. */
  abort(): Promise<void>;
}

/**
 * Starts a file that appears under its name only when it is whole, whatever happens in between. Its folder is made.
 *
 * @throws CascadeError if it cannot be written (no space, no permission), naming the file.
 */
export async function createPendingFile(file: string): Promise<PendingFile> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.part`;
  const attempt = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      // What cannot be written often cannot be removed either; the first reason is the one to give.
      await rm(temporary, { force: true }).catch(() => {});
      throw writeFailure(file, error);
    }
  };
  const handle = await attempt(async () => {
    await mkdir(path.dirname(file), { recursive: true });
    return open(temporary, 'wx');
  });
  return {
    write: (bytes, position) => attempt(() => writeFully(handle, bytes, position)),
    commit: () =>
      attempt(async () => {
        await handle.sync();
        await handle.close();
        await rename(temporary, file);
      }),
    async abort() {
      await handle.close();
      await rm(temporary, { force: true });
    },
  };
}

/**
 * Writes a file whole or not at all.
 *
 * @throws CascadeError if it cannot be written, naming the file.
 */
export async function writeFileAtomically(file: string, data: string | Uint8Array): Promise<void> {
  const pending = await createPendingFile(file);
  await pending.write(typeof data === 'string' ? Buffer.from(data) : data);
  await pending.commit();
}
