import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { RECORDS_FOLDER } from '../../records/records.js';
import { FEATURES_FOLDER, FITTED_FOLDER } from './fitted-files.js';
import { AUTO_EXITS_FILE } from './kept-auto-exits.js';

/** In the folder of an unfinished cascade: what is on its way out. */
const DROPPED_FOLDER = 'dropped';

const plan = z.object({ fitting: z.record(z.string(), z.unknown()) });

/**
 * Makes an unfinished cascade with other exits one that can be gone on with: keeps finished passes over the fitting images, finished heads
 * and students that serve the exits now asked for, and drops the rest.
 *
 * @param found plan that the folder was begun with. @param wanted plan that it is gone on with.
 * @param serves whether a file of features or fitted weights serves the exits now asked for.
 * @returns what to tell, or undefined where all must begin anew: nothing is touched then.
 */
export async function keepForOtherExits(
  work: string,
  found: string,
  wanted: string,
  serves: (file: string) => boolean,
): Promise<string | undefined> {
  if (!isDeepStrictEqual(fittingOf(found), fittingOf(wanted)) || fittingOf(wanted) === undefined)
    return undefined;
  const counts = { kept: 0, dropped: 0 };
  for (const folder of [FEATURES_FOLDER, FITTED_FOLDER]) {
    for (const name of await namesIn(path.join(work, folder))) {
      const file = path.join(work, folder, name);
      // A student or deep head is kept after every epoch.
      const isKept = serves(file.replace(/\.unfinished$/, ''));
      counts[isKept ? 'kept' : 'dropped']++;
      if (!isKept) await rm(file, { force: true });
    }
  }
  const records = path.join(work, RECORDS_FOLDER);
  const hadRecords = (await namesIn(records)).length > 0;
  // Renamed first: half of the records that are being removed must not look like records.
  const dropped = path.join(work, DROPPED_FOLDER);
  await rm(dropped, { recursive: true, force: true });
  if (hadRecords) await rename(records, dropped);
  await rm(dropped, { recursive: true, force: true });
  await rm(path.join(work, AUTO_EXITS_FILE), { force: true });
  const outputs = hadRecords ? ' and the recorded outputs' : '';
  return `Going on with other exits than an earlier run (${work}): of its features and heads ${counts.kept} files serve and are kept; dropped are ${counts.dropped}, of exits that are not asked for or unfinished${outputs}.`;
}

/** What of a plan decides the features; undefined where it is no plan of this kind. */
function fittingOf(text: string): unknown {
  try {
    return plan.parse(JSON.parse(text)).fitting;
  } catch {
    return undefined;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
