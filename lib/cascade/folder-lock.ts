import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { CascadeError } from '../errors.js';

/**
 * Keeps other processes from changing a cascade while `work` does; a lock left by a killed process lapses by itself.
 *
 * @throws CascadeError if another process holds it.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(path.resolve(folder)), { recursive: true });
  let release: () => Promise<void>;
  try {
    release = await lock(folder, { realpath: false, stale: 15_000 });
  } catch (error) {
    throw new CascadeError(
      `${folder} is being changed by another cascade process; wait until it ends.`,
      undefined,
      {
        cause: error,
      },
    );
  }
  try {
    return await work();
  } finally {
    await release();
  }
}
