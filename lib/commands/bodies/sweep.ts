import path from 'node:path';
import { exitCosts } from '../../artifact/exit-costs.js';
import { loadManifest } from '../../artifact/manifest.js';
import { defaultMethod } from '../../calibrate/default-search.js';
import { sweepCascade } from '../../cascade/sweep-cascade.js';
import { usageError } from '../../errors.js';
import { resultsFolder } from '../../report/csv.js';
import { describeFront } from '../../report/describe/describe-front.js';
import { cascadeSources } from '../../report/results/sources.js';
import { writeResults } from '../../report/results/write-results.js';
import { frontRows } from '../../report/rows-written.js';
import { singleExitRows } from '../../report/single-exits.js';
import { chosenPrices } from '../common/chosen-prices.js';
import type { CommandContext } from '../common/context.js';
import { scoringOf } from '../common/scoring-options.js';
import type { SweepOptions } from '../sweep.js';

/** Writes `front.csv` and `exits.csv`, prints the cheapest points within some drops. */
export async function sweep(folder: string, options: SweepOptions, context: CommandContext): Promise<void> {
  const { print, reporter } = context;
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
  const { prices, singleExits, images } = front;
  await writeResults(context, {
    folder: results,
    name: 'sweep',
    tables: {
      'front.csv': [...frontRows(manifest, front, 'calibration'), ...rows],
      'exits.csv': singleExitRows(manifest, prices, singleExits, images, splitSeed),
    },
    sources: await cascadeSources(folder, manifest),
    resolved: { method, average: String(scoring.averaging) },
  });
  if (options.json) return print(JSON.stringify(rows, null, 2));
  print(describeFront(front));
  reporter.note(`CSV files are in ${results}. Next: cascade plot ${path.join(results, '*.csv')}`);
}
