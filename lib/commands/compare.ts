import path from 'node:path';
import { Command, Option } from 'commander';
import type { Manifest } from '../artifact/manifest.js';
import type { ComparedMethod } from '../calibrate/compare.js';
import type { CascadeComparison } from '../cascade/compare-cascade.js';
import { CRITERION_NAMES, type CriterionName } from '../exits/criteria.js';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { parseCount, parseNumbers, parsePercentages } from './common/parse.js';

export interface CompareOptions extends CommonOptions {
  readonly methods: readonly ('paper-path' | 'joint')[];
  readonly criteria: readonly CriterionName[];
  readonly average: readonly number[];
  readonly exits?: readonly string[];
  readonly top: number;
  readonly drops: readonly number[];
  readonly budgets: readonly number[];
  readonly splits: number;
  readonly results: string;
}

export function compareCommand(run: RunCommand): Command {
  const command = new Command('compare')
    .description(
      'methods, measures of confidence and exits side by side, over many halvings of the recorded images',
    )
    .argument('<cascade>', 'a folder made by attach or import-records')
    .addOption(
      new Option('--methods <names...>', 'ways to choose thresholds')
        .choices(['paper-path', 'joint'])
        .default(['paper-path', 'joint']),
    )
    .addOption(
      new Option('--criteria <names...>', 'measures of confidence')
        .choices(CRITERION_NAMES)
        .default(CRITERION_NAMES.filter((name) => name !== 'top-k')),
    )
    .option('--average <weights>', 'weights of earlier exits in the output', parseNumbers, [0, 0.4])
    .option('--exits <blocks...>', 'sets of exits such as 8,17 8,14,17,23 (default: all of them)')
    .option('--top <k>', 'count an answer as right if it is among the k likeliest', parseCount, 1)
    .option('--drops <points>', 'drops at which savings are compared', parsePercentages, [0.005, 0.01, 0.02])
    .option('--budgets <shares>', 'MACs at which drops are compared', parsePercentages, [0.5, 0.6, 0.7])
    .option('--splits <number>', 'halvings of the recorded images', parseCount, 20)
    .option('--results <folder>', 'where compare.csv goes', 'results')
    .addHelpText(
      'after',
      '\nExample:\n  cascade compare r56.cascade --criteria softmax entropy margin --exits 8,17 8,14,17,23',
    );
  return withCommonOptions(command).action((folder: string, options: CompareOptions) =>
    run((context) => compare(folder, options, context), options),
  );
}

/** Writes `compare.csv` and prints it as a table. */
async function compare(
  folder: string,
  options: CompareOptions,
  { print, reporter, signal }: CommandContext,
): Promise<void> {
  const { compareCascade } = await import('../cascade/compare-cascade.js');
  const { loadManifest } = await import('../artifact/manifest.js');
  const { comparisonRows } = await import('../report/comparison-rows.js');
  const { resultsFolder, writeCsv } = await import('../report/csv.js');
  const { describeComparison } = await import('../report/describe-comparison.js');
  const { usageError } = await import('../errors.js');
  const { drops, budgets, splits } = options;
  if (splits < 1) throw usageError('--splits takes at least 1.');
  const manifest = await loadManifest(folder);
  const methods = await comparedMethods(options, manifest);
  const bar = reporter.bar('Halvings', splits);
  let comparison: CascadeComparison;
  try {
    const onProgress = (done: number): void => bar.update(done);
    comparison = await compareCascade(folder, manifest, {
      methods,
      drops,
      budgets,
      splits,
      onProgress,
      signal,
    });
  } finally {
    bar.stop();
  }
  const rows = comparisonRows(manifest, options, comparison);
  const file = path.join(resultsFolder(options.results, manifest), 'compare.csv');
  await writeCsv(file, rows);
  if (options.json) return print(JSON.stringify(rows, null, 2));
  print(describeComparison(rows));
  reporter.note(`The CSV file is ${file}. Next: cascade plot ${file}`);
}

async function comparedMethods(
  options: CompareOptions,
  manifest: Manifest,
): Promise<readonly ComparedMethod[]> {
  const { dependsOnEarlierExits, tellsInputsApart } = await import('../exits/scoring.js');
  const { methods, criteria, average, top } = options;
  const sets = await exitSets(options.exits, manifest);
  return sets.flatMap((exits): ComparedMethod[] => {
    const baseline = { exits, scoring: { criterion: 'softmax', averaging: 0, top } } as const;
    const scorings = criteria
      .flatMap((criterion) => average.map((averaging) => ({ criterion, averaging, top })))
      .filter(tellsInputsApart);
    return [
      { kind: 'one-exit', ...baseline },
      { kind: 'random-exit', ...baseline },
      ...methods.flatMap((method) =>
        scorings
          .filter((scoring) => method !== 'joint' || !dependsOnEarlierExits(scoring))
          .map((scoring): ComparedMethod => ({ kind: 'thresholds', exits, method, scoring })),
      ),
    ];
  });
}

/** Positions of the exits that each set names by their blocks. */
async function exitSets(
  sets: readonly string[] | undefined,
  { exits }: Manifest,
): Promise<readonly (readonly number[])[]> {
  const { usageError } = await import('../errors.js');
  if (sets === undefined) return [exits.map((_, index) => index)];
  return sets.map((set) =>
    set.split(',').map((block) => {
      const position = exits.findIndex((exit) => String(exit.block) === block.trim());
      if (position >= 0) return position;
      const known = exits.map((exit) => exit.block).join(', ');
      throw usageError(
        `--exits ${set} names block ${block}, but this cascade has exits after blocks ${known}.`,
      );
    }),
  );
}
