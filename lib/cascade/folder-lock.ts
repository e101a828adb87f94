import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { CascadeError } from '../errors.js';

/**
 * Milliseconds without a sign of life after which a lock lapses; long enough for computations during which a process gives none.
 */
const STALE = 15_000;

/**
 * Keeps other processes from changing a cascade while `work` does; a lock left by a killed process lapses by itself.
 *
 * @throws CascadeError if another process holds it.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(path.resolve(folder)), { recursive: true });
  let release: () => Promise<void>;
  try {
    release = await lock(folder, { realpath: false, stale: STALE });
  } catch (error) {
    throw new CascadeError(
      `${folder} is being changed by another cascade process, or one was killed less than ${STALE / 1000} seconds ago; wait and try again.`,
      undefined,
      { cause: error },
    );
  }
  try {
    return await work();
  } finally {
    await release();
  }
}
