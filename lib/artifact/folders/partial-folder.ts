import { lstat, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { CascadeError, usageError } from '../../errors.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { readLayoutIfThere } from '../../files/json-layout.js';
import { writeReason } from '../../files/write-failure.js';

/** In a folder that is being made: says that cascade makes it, and from what. */
export const PARTIAL_FILE = 'unfinished.json';

const layout = {
  schema: z.strictObject({
    made_by: z.literal('cascade'),
    /** Everything that decides what the folder will hold; null where nothing is gone on with. */
    plan: z.string().nullable(),
  }),
  remedy: 'remove its folder',
};

/**
 * Starts a folder under a name for the time of the work, or goes on with what an interrupted run of the same plan left there. What
 * another run of cascade left is removed; what anybody else put there never is.
 *
 * @param plan everything that decides what the folder will hold; null to start anew always.
 * @param adopt is given the plan of what is there where it is another, and makes of it what the new plan can go on with, if anything:
 *   says whether it has.
 * @returns whether it is gone on with.
 * @throws CascadeError if something else is in the way.
 */
export async function startPartial(
  work: string,
  plan: string | null,
  adopt: (found: string) => Promise<boolean> = async () => false,
): Promise<boolean> {
  const marker = path.join(work, PARTIAL_FILE);
  if (await isThere(work)) {
    const found = (await isBare(work)) ? undefined : await readLayoutIfThere(marker, layout);
    if (found !== undefined && plan !== null) await checkFolders(work);
    if (found !== undefined && plan !== null && found.plan === plan) return true;
    if (found?.plan != null && plan !== null && (await adopt(found.plan))) {
      await writeFileAtomically(marker, JSON.stringify({ made_by: 'cascade', plan }));
      return true;
    }
    await removePartial(work);
  }
  await writeFileAtomically(marker, JSON.stringify({ made_by: 'cascade', plan }));
  return false;
}

/**
 * A link in the place of a folder would lead what goes on in there elsewhere; links to files are replaced, and lead nowhere.
 *
 * @throws CascadeError if there is one.
 */
async function checkFolders(work: string): Promise<void> {
  for (const entry of await readdir(work, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue;
    const place = path.join(entry.parentPath, entry.name);
    const leadsOn = await stat(place).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (leadsOn)
      throw new CascadeError(
        `${place} is a symbolic link to a folder, which cascade does not make, and nothing outside ${work} is changed; remove the link.`,
      );
  }
}

/** Whether nothing was made in a folder that was started, so that there is nothing to go on with. */
export async function isUnbegun(work: string): Promise<boolean> {
  const names = await readdir(work).catch(() => []);
  return names.every((name) => name.startsWith(PARTIAL_FILE));
}

/** Removes a folder that was started. @throws CascadeError if it is not of cascade's making. */
export async function removePartial(work: string): Promise<void> {
  if (!(await isThere(work))) return;
  if (!(await isBare(work)) && (await readLayoutIfThere(path.join(work, PARTIAL_FILE), layout)) === undefined)
    throw notOurs(work);
  await rm(work, { recursive: true, force: true });
}

/** @throws CascadeError if what is there is no folder. */
async function isThere(work: string): Promise<boolean> {
  const found = await lstat(work).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new CascadeError(`${work} cannot be made: ${writeReason(work, error)}.`, undefined, {
      cause: error,
    });
  });
  if (found !== undefined && !found.isDirectory()) throw notOurs(work);
  return found !== undefined;
}

/** Whether nothing but a marker that was being written is in it. */
async function isBare(work: string): Promise<boolean> {
  const names = await readdir(work);
  return names.every((name) => name.startsWith(`${PARTIAL_FILE}.`) && name.endsWith('.part'));
}

function notOurs(work: string): CascadeError {
  return usageError(
    `${work} is needed for the work and was not made by cascade; move it away or choose another name.`,
  );
}
