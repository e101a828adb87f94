import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { CascadeError } from '../../errors.js';
import { writeReason } from '../../files/write-failure.js';

/**
 * Milliseconds without a sign of life after which a lock lapses; long enough for computations during which a process gives none.
 */
const STALE = 15_000;

/** Seconds between two looks at a lock that is waited for. */
const LOOK = 1;

/**
 * Keeps other processes from changing a cascade while `work` does; a lock left by a killed process lapses by itself.
 *
 * @param onWait told that the folder is locked; with it the lock is waited for until it would have lapsed, so that work goes on
 * right after a kill. Without it a locked folder is refused at once.
 * @throws CascadeError if another process holds it, or there is no writing beside the folder.
 */
export async function withFolderLock<T>(
  folder: string,
  work: () => Promise<T>,
  onWait?: (message: string) => void,
): Promise<T> {
  const parent = path.dirname(path.resolve(folder));
  await mkdir(parent, { recursive: true }).catch((error: unknown) => {
    throw cannotLock(folder, error);
  });
  let lost: Error | undefined;
  const seconds = STALE / 1000;
  const take = (retries: number): Promise<() => Promise<void>> =>
    lock(folder, {
      realpath: false,
      stale: STALE,
      onCompromised: (error) => {
        lost = error;
      },
      retries: { retries, factor: 1, minTimeout: 1000 * LOOK, maxTimeout: 1000 * LOOK },
    });
  const refusal = (cause: unknown): CascadeError => {
    if (!isLocked(cause)) return cannotLock(folder, cause);
    const who = onWait
      ? 'another cascade process; wait until it is done'
      : `another cascade process, or one was killed less than ${seconds} seconds ago; wait and try again`;
    return new CascadeError(`${folder} is being changed by ${who}.`, undefined, { cause });
  };
  const release = await take(0).catch((error: unknown) => {
    if (onWait === undefined || !isLocked(error)) throw refusal(error);
    onWait(`${folder} is locked; waiting up to ${seconds} seconds in case its process was killed.`);
    return take(seconds / LOOK + 2).catch((again: unknown) => {
      throw refusal(again);
    });
  });
  let result: T;
  try {
    result = await work();
  } finally {
    // A lock that was lost is no longer there to be released.
    if (lost === undefined) await release().catch(() => {});
  }
  if (lost !== undefined) {
    throw new CascadeError(
      `${folder} was unlocked for a while, as its process stood still or ${folder}.lock was removed; make sure that no other one changed it meanwhile.`,
      undefined,
      { cause: lost },
    );
  }
  return result;
}

function isLocked(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ELOCKED';
}

function cannotLock(folder: string, error: unknown): CascadeError {
  const reason = writeReason(folder, error);
  return new CascadeError(`${folder} cannot be made or changed: ${reason}.`, undefined, { cause: error });
}
