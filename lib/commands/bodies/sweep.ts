import path from 'node:path';
import { loadManifest } from '../../artifact/manifest.js';
import { sweepCascade } from '../../cascade/sweep-cascade.js';
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
  const { method, splitSeed } = options;
  const manifest = await loadManifest(folder);
  const scoring = scoringOf(options, manifest.classes, method);
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
