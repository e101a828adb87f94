import path from 'node:path';
import { Command } from 'commander';
import type { Calibration } from '../artifact/calibration.js';
import { noteDisabledExits, splitSeedWords } from '../report/closing-notes.js';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import { measureCalibration } from './common/measure-calibration.js';
import { parsePercentage, parseSeed } from './common/parse.js';

export interface EvalOptions extends CommonOptions, EngineOptions {
  readonly all?: boolean;
  readonly maxDrop?: number;
  readonly splitSeed?: number;
  readonly results: string;
  readonly measure?: boolean;
  readonly data?: string;
  readonly dataDir?: string;
}

export function evalCommand(run: RunCommand): Command {
  const command = new Command('eval')
    .description('what the chosen thresholds do on the held-out test split')
    .argument('<cascade>', 'a calibrated cascade')
    .option(
      '--max-drop <points>',
      'another drop under the same promise, at once: 1%, 1pt or 0.01 (default: what was calibrated for)',
      parsePercentage,
    )
    .option('--all', 'every calibration of the split seed, not only the latest')
    .option(
      '--split-seed <number>',
      'of the halves of a test set (default: that of the latest calibration)',
      parseSeed,
    )
    .option('--measure', 'run cascade and full network on test images and compare their wall time')
    .option('--data <name>', 'with --measure: the data set (default: that of the cascade)')
    .option(
      '--data-dir <folder>',
      'with --measure: where data sets are (default: $CASCADE_DATA, else ~/.cache/cascade)',
    )
    .option('--results <folder>', 'where CSV files go', 'results')
    .addHelpText('after', '\nExamples:\n  cascade eval r56.cascade\n  cascade eval r56.cascade --measure');
  return withCommonOptions(withEngineOptions(command, 'with --measure: ')).action(
    (folder: string, options: EvalOptions) => run((context) => evaluate(folder, options, context), options),
  );
}

/** Evaluates calibrations on the test split, prints them, writes `eval.csv`, `shares.csv` and `exits.csv`. */
export async function evaluate(folder: string, options: EvalOptions, context: CommandContext): Promise<void> {
  const { print, reporter } = context;
  const { loadCalibrations } = await import('../artifact/calibrations.js');
  const { loadManifest } = await import('../artifact/manifest.js');
  const { evaluateCascade } = await import('../cascade/evaluate-cascade.js');
  const { resultsFolder, writeCsv } = await import('../report/csv.js');
  const { describeEvaluation } = await import('../report/describe.js');
  const { describeAsked } = await import('../report/describe-promise.js');
  const { exitShareRows, reportRow } = await import('../report/rows-written.js');
  const { singleExitRows } = await import('../report/single-exits.js');

  const manifest = await loadManifest(folder);
  const chosen = await chooseCalibrations(folder, options, await loadCalibrations(folder, manifest));
  const { split_seed: splitSeed } = chosen.at(-1)!;
  const { description, images, costs, evaluations, singleExits } = await evaluateCascade(
    folder,
    manifest,
    chosen,
  );
  const evaluated = chosen.map((calibration, index) => ({ calibration, evaluation: evaluations[index]! }));

  const results = resultsFolder(options.results, manifest);
  const rows = evaluated.map(({ calibration, evaluation }) =>
    reportRow(manifest, calibration, 'test', evaluation),
  );
  await writeCsv(path.join(results, 'eval.csv'), rows);
  await writeCsv(
    path.join(results, 'shares.csv'),
    evaluated.flatMap(({ calibration, evaluation }) =>
      exitShareRows(manifest, calibration, 'test', evaluation),
    ),
  );
  await writeCsv(
    path.join(results, 'exits.csv'),
    singleExitRows(manifest, costs, singleExits, images, splitSeed),
  );
  const measured = options.measure
    ? await measureCalibration(folder, manifest, chosen.at(-1)!, results, options, context)
    : undefined;
  if (options.json) {
    const objects = evaluated.map(({ evaluation }, index) => ({
      ...rows[index],
      exits: evaluation.exits,
      ...(measured === undefined || index < evaluated.length - 1 ? {} : { measured: measured.rows }),
    }));
    return print(JSON.stringify(options.all ? objects : objects[0], null, 2));
  }
  for (const { calibration, evaluation } of evaluated) {
    const title = `${describeAsked(calibration)}, on the ${description} (${images} images no choice has seen)`;
    print(describeEvaluation(evaluation, title));
  }
  if (measured !== undefined) print(`\n${measured.text}`);
  noteDisabledExits(chosen.at(-1)!.rule.thresholds, reporter);
  reporter.note(`CSV files are in ${results}. Next: cascade sweep ${folder}${splitSeedWords(splitSeed)}`);
}

async function chooseCalibrations(
  folder: string,
  { all, splitSeed, maxDrop }: EvalOptions,
  calibrations: readonly Calibration[],
): Promise<readonly Calibration[]> {
  const { notCalibrated } = await import('../artifact/chosen-calibration.js');
  const { usageError } = await import('../errors.js');
  const latest = calibrations.at(-1);
  if (latest === undefined) throw notCalibrated(folder);
  const seed = splitSeed ?? latest.split_seed;
  const matching = calibrations.filter((calibration) => calibration.split_seed === seed);
  if (matching.length === 0) {
    throw usageError(
      `The thresholds of ${folder} were chosen with other halves of the test set (--split-seed ${latest.split_seed}), so that images of seed ${seed} would serve twice; run \`cascade calibrate ${folder} --split-seed ${seed}\` first.`,
    );
  }
  if (maxDrop !== undefined && all)
    throw usageError('--max-drop asks one calibration and --all shows every one; leave one of them out.');
  if (maxDrop !== undefined) return [await atOtherDrop(matching.at(-1)!, maxDrop, folder)];
  return all ? matching : matching.slice(-1);
}

/** The same tested path, another largest drop. */
async function atOtherDrop(calibration: Calibration, maxDrop: number, folder: string): Promise<Calibration> {
  const { atDrop } = await import('../artifact/promised-drop.js');
  return atDrop(calibration, maxDrop, folder);
}
