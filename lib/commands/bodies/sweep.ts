import path from 'node:path';
import { loadCalibrations } from '../../artifact/calibrations.js';
import { loadManifest } from '../../artifact/manifest.js';
import { sweepCascade } from '../../cascade/sweep-cascade.js';
import { resultsFolder } from '../../report/csv.js';
import { describeFront } from '../../report/describe/describe-front.js';
import { cascadeSources } from '../../report/results/sources.js';
import { writeResults } from '../../report/results/write-results.js';
import { frontRows } from '../../report/rows-written.js';
import { singleExitRows } from '../../report/single-exits.js';
import type { CommandContext } from '../common/context.js';
import { followedPrices, followedSearch } from '../common/followed-choice.js';
import type { SweepCommandOptions } from '../sweep.js';

/** Writes `front.csv` and `exits.csv`, prints the cheapest points within some drops. */
export async function sweep(
  folder: string,
  options: SweepCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { print, reporter } = context;
  const manifest = await loadManifest(folder);
  const { active } = await loadCalibrations(folder, manifest);
  const splitSeed = options.splitSeed ?? active?.split_seed ?? 0;
  const search = followedSearch(options, manifest, active);
  const chosen = await followedPrices(folder, manifest, options, active);
  const front = await sweepCascade(folder, manifest, { ...search, splitSeed, ...chosen });
  const rows = frontRows(manifest, front, 'test');
  const results = resultsFolder(options.results, manifest);
  const { prices, singleExits, images } = front;
  await writeResults(context, {
    folder: results,
    name: 'sweep',
    tables: {
      'front.csv': [...frontRows(manifest, front, 'calibration'), ...rows],
      'exits.csv': singleExitRows(manifest, prices, singleExits, images, splitSeed),
    },
    sources: await cascadeSources(folder, manifest),
    resolved: {
      method: search.method,
      criterion: search.scoring.criterion,
      average: String(search.scoring.averaging),
      top: String(search.scoring.top),
      'split-seed': String(splitSeed),
      ...(chosen.currency === 'time' && {
        cost: 'time',
        batch: String(chosen.prices.time!.timing.batch_size),
      }),
    },
  });
  if (options.json) return print(JSON.stringify(rows, null, 2));
  print(describeFront(front));
  reporter.note(`CSV files are in ${results}. Next: cascade plot ${path.join(results, '*.csv')}`);
}
