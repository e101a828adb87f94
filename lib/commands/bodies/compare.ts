import path from 'node:path';
import { exitLabel } from '../../artifact/exit-names.js';
import { loadManifest, type Manifest } from '../../artifact/manifest.js';
import { comparedMethods } from '../../calibrate/compared-methods.js';
import { HEADS_WEIGHT, NETWORKS_WEIGHT } from '../../calibrate/default-search.js';
import { type CascadeComparison, compareCascade } from '../../cascade/compare-cascade.js';
import { usageError } from '../../errors.js';
import { comparisonRows } from '../../report/comparison-rows.js';
import { resultsFolder, writeCsv } from '../../report/csv.js';
import { describeComparison } from '../../report/describe/describe-comparison.js';
import { chosenPrices } from '../common/chosen-prices.js';
import type { CommandContext } from '../common/context.js';
import type { CompareOptions } from '../compare.js';

/** Writes `compare.csv` and prints it as a table. */
export async function compare(
  folder: string,
  options: CompareOptions,
  { print, reporter, signal }: CommandContext,
): Promise<void> {
  const { drops, budgets, splits } = options;
  if (splits < 1) throw usageError('--splits takes at least 1.');
  const manifest = await loadManifest(folder);
  const average = options.average ?? [0, manifest.members === undefined ? HEADS_WEIGHT : NETWORKS_WEIGHT];
  const methods = comparedMethods({ ...options, average }, exitSets(options.exits, manifest));
  const chosen = await chosenPrices(folder, manifest, options);
  const bar = reporter.bar('Halvings', splits);
  let comparison: CascadeComparison;
  try {
    const onProgress = (done: number): void => bar.update(done);
    comparison = await compareCascade(folder, manifest, {
      methods,
      drops,
      budgets,
      splits,
      ...chosen,
      onProgress,
      signal,
    });
  } finally {
    bar.stop();
  }
  const rows = comparisonRows(manifest, { ...options, ...chosen }, comparison);
  const file = path.join(resultsFolder(options.results, manifest), 'compare.csv');
  await writeCsv(file, rows);
  if (options.json) return print(JSON.stringify(rows, null, 2));
  print(describeComparison(rows));
  reporter.note(`The CSV file is ${file}. Next: cascade plot ${file}`);
}

/** Positions of the exits that each set names by their blocks, or by the networks of a chain. */
function exitSets(sets: readonly string[] | undefined, { exits }: Manifest): readonly (readonly number[])[] {
  if (sets === undefined) return [exits.map((_, index) => index)];
  return sets.map((set) =>
    set.split(',').map((label) => {
      const position = exits.findIndex((exit) => exitLabel(exit) === label.trim());
      if (position >= 0) return position;
      const known = exits.map(exitLabel).join(', ');
      throw usageError(`--exits ${set} names ${label}, but the exits of this cascade are ${known}.`);
    }),
  );
}
