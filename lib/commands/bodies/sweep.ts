import path from 'node:path';
import { exitCosts } from '../../artifact/exit-costs.js';
import { loadManifest } from '../../artifact/manifest.js';
import { defaultMethod } from '../../calibrate/default-search.js';
import { sweepCascade } from '../../cascade/sweep-cascade.js';
import { usageError } from '../../errors.js';
import { resultsFolder, writeCsv } from '../../report/csv.js';
import { describeFront } from '../../report/describe/describe-front.js';
import { frontRows } from '../../report/rows-written.js';
import { singleExitRows } from '../../report/single-exits.js';
import { chosenPrices } from '../common/chosen-prices.js';
import type { CommandContext } from '../common/context.js';
import { scoringOf } from '../common/scoring-options.js';
import type { SweepOptions } from '../sweep.js';

/** Writes `front.csv` and `exits.csv`, prints the cheapest points within some drops. */
export async function sweep(
  folder: string,
  options: SweepOptions,
  { print, reporter }: CommandContext,
): Promise<void> {
  const { splitSeed } = options;
  const method = options.method ?? defaultMethod(options.criterion);
  const manifest = await loadManifest(folder);
  const { scoring, scorings } = scoringOf(options, manifest.classes, {
    ...{ method, labelFree: false, costs: exitCosts(manifest) },
  });
  if (scorings !== undefined)
    throw usageError('--average auto chooses for one target, and a front has many; give a weight.');
  const chosen = await chosenPrices(folder, manifest, options);
  const front = await sweepCascade(folder, manifest, { method, scoring, splitSeed, ...chosen });
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
