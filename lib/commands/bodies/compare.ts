import path from 'node:path';
import { exitCosts } from '../../artifact/exit-costs.js';
import { exitLabel } from '../../artifact/exit-names.js';
import { loadManifest, type Manifest } from '../../artifact/manifest.js';
import { comparedMethods, isNeighbour } from '../../calibrate/compared-methods.js';
import { HEADS_WEIGHT, NETWORKS_WEIGHT } from '../../calibrate/default-search.js';
import type { FrontMethod } from '../../calibrate/front.js';
import { NEIGHBOUR_NAMES, type NeighbourName } from '../../calibrate/neighbours/neighbour-names.js';
import { NEIGHBOURS } from '../../calibrate/neighbours/neighbours.js';
import { THRESHOLD_METHODS } from '../../calibrate/threshold-methods.js';
import { type CascadeComparison, compareCascade } from '../../cascade/compare/compare-cascade.js';
import { usageError } from '../../errors.js';
import { comparisonRows } from '../../report/comparison-rows.js';
import { resultsFolder } from '../../report/csv.js';
import { describeComparison } from '../../report/describe/describe-comparison.js';
import { cascadeSources } from '../../report/results/sources.js';
import { writeResults } from '../../report/results/write-results.js';
import type { Reporter } from '../../reporter.js';
import { chosenPrices } from '../common/chosen-prices.js';
import type { CommandContext } from '../common/context.js';
import { noteChosenClasses } from '../common/note-chosen-classes.js';
import type { CompareOptions } from '../compare.js';

/** Writes `compare.csv` and prints it as a table. */
export async function compare(
  folder: string,
  options: CompareOptions,
  context: CommandContext,
): Promise<void> {
  const { print, columns, reporter, signal, version } = context;
  const { drops, budgets, splits } = options;
  const confidence = options.confidence === 'none' ? undefined : options.confidence;
  if (splits < 1) throw usageError('--splits takes at least 1.');
  const manifest = await loadManifest(folder);
  noteChosenClasses(manifest, reporter);
  const average = options.average ?? [0, manifest.members === undefined ? HEADS_WEIGHT : NETWORKS_WEIGHT];
  const chosenMethods = methodsFor(manifest, options.methods, reporter);
  const sets = exitSets(options.exits, manifest);
  const methods = comparedMethods({ ...options, methods: chosenMethods, average }, sets);
  const chosen = await chosenPrices(folder, manifest, options);
  const results = resultsFolder(options.results, manifest);
  const kept = { file: path.join(results, 'compare.partial.json'), version };
  const bar = reporter.bar('Halvings', splits);
  let comparison: CascadeComparison;
  try {
    const onProgress = (done: number): void => bar.update(done);
    comparison = await compareCascade(folder, manifest, {
      methods,
      drops,
      budgets,
      splits,
      ...(confidence === undefined ? {} : { confidence }),
      ...chosen,
      kept,
      onProgress,
      signal,
    });
  } finally {
    bar.stop();
  }
  const under = { drops, budgets, splits, ...(confidence === undefined ? {} : { confidence }), ...chosen };
  const rows = comparisonRows(manifest, under, comparison);
  await writeResults(context, {
    folder: results,
    name: 'compare',
    tables: { 'compare.csv': rows },
    sources: await cascadeSources(folder, manifest),
    resolved: { average: average.join(',') },
  });
  const file = path.join(results, 'compare.csv');
  if (options.json) return print(JSON.stringify(rows, null, 2));
  print(describeComparison(rows, options.format, columns));
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

/** The methods that are asked for; all of them but those that this cascade is not made for. */
function methodsFor(
  manifest: Manifest,
  asked: CompareOptions['methods'],
  reporter: Reporter,
): readonly (FrontMethod | NeighbourName)[] {
  const costs = exitCosts(manifest);
  const unfit = (name: NeighbourName): string | undefined => NEIGHBOURS[name].unfit?.(costs);
  const named = asked.filter((name) => name !== 'all');
  for (const name of named) {
    const reason = isNeighbour(name) ? unfit(name) : undefined;
    if (reason !== undefined) throw usageError(`--methods ${name} does not fit this cascade: ${reason}.`);
  }
  if (named.length === asked.length) return named;
  for (const name of NEIGHBOUR_NAMES) {
    const reason = unfit(name);
    if (reason !== undefined) reporter.note(`${name} is left out: ${reason}.`);
  }
  return [...THRESHOLD_METHODS, ...NEIGHBOUR_NAMES.filter((name) => unfit(name) === undefined)];
}
