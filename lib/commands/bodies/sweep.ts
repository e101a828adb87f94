import path from 'node:path';
import { loadCalibrations } from '../../artifact/calibrations.js';
import { loadManifest } from '../../artifact/manifest.js';
import { sweepCascade } from '../../cascade/sweep-cascade.js';
import { resultsFolder, writeCsv } from '../../report/csv.js';
import { describeFront } from '../../report/describe/describe-front.js';
import { frontRows } from '../../report/rows-written.js';
import { singleExitRows } from '../../report/single-exits.js';
import type { CommandContext } from '../common/context.js';
import { followedPrices, followedSearch } from '../common/followed-choice.js';
import type { SweepOptions } from '../sweep.js';

/** Writes `front.csv` and `exits.csv`, prints the cheapest points within some drops. */
export async function sweep(
  folder: string,
  options: SweepOptions,
  { print, reporter }: CommandContext,
): Promise<void> {
  const manifest = await loadManifest(folder);
  const latest = (await loadCalibrations(folder, manifest)).at(-1);
  const splitSeed = options.splitSeed ?? latest?.split_seed ?? 0;
  const search = followedSearch(options, manifest, latest);
  const chosen = await followedPrices(folder, manifest, options, latest);
  const front = await sweepCascade(folder, manifest, { ...search, splitSeed, ...chosen });
  const rows = frontRows(manifest, front, 'test');
  const results = resultsFolder(options.results, manifest);
  await writeCsv(path.join(results, 'front.csv'), [...frontRows(manifest, front, 'calibration'), ...rows]);
  await writeCsv(
    path.join(results, 'exits.csv'),
    singleExitRows(manifest, front.prices, front.singleExits, front.images, splitSeed),
  );
  if (options.json) return print(JSON.stringify(rows, null, 2));
  print(describeFront(front));
  reporter.note(`CSV files are in ${results}. Next: cascade plot ${path.join(results, '*.csv')}`);
}
