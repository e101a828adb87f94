import path from 'node:path';
import { Command, Option } from 'commander';
import type { CalibrationRequest, Method } from '../calibrate/calibrate.js';
import { type CommandContext, type CommonOptions, type RunCommand, withCommonOptions } from './context.js';
import { parseCount, parsePercentage } from './parse.js';

export interface CalibrateOptions extends CommonOptions {
  readonly maxDrop?: number;
  readonly maxMacs?: number;
  readonly method: Method;
  readonly splitSeed: number;
  readonly results: string;
}

/** What `cascade calibrate` does where its user says nothing. */
export const CALIBRATE_DEFAULTS = {
  method: 'paper-path',
  splitSeed: 0,
  results: 'results',
  maxDrop: 0.01,
} as const;

export function calibrateCommand(run: RunCommand): Command {
  const command = new Command('calibrate')
    .description(
      'choose confidence thresholds for an accepted accuracy drop or a MAC budget, on the calibration split',
    )
    .argument('<cascade>', 'a folder made by attach or import-records')
    .argument('[epsilon]', 'with --method paper-epsilon: the slack of each exit, e.g. 1%')
    .option(
      '--max-drop <points>',
      'accept at most this drop of accuracy: 1%, 1pt or 0.01 (default: 1%)',
      parsePercentage,
    )
    .option('--max-macs <share>', 'spend at most this share of the full network, e.g. 60%', parsePercentage)
    .addOption(
      new Option('--method <name>', 'how thresholds are chosen')
        .choices(['paper-path', 'joint', 'paper-epsilon'])
        .default(CALIBRATE_DEFAULTS.method),
    )
    .option('--split-seed <number>', 'of the halves of a test set', parseCount, CALIBRATE_DEFAULTS.splitSeed)
    .option('--results <folder>', 'where CSV files go', CALIBRATE_DEFAULTS.results)
    .addHelpText(
      'after',
      '\nExamples:\n  cascade calibrate r56.cascade --max-drop 1%\n  cascade calibrate r56.cascade --max-macs 60% --method joint\n  cascade calibrate r56.cascade --method paper-epsilon 1%',
    );
  return withCommonOptions(command).action(
    (folder: string, epsilon: string | undefined, options: CalibrateOptions) =>
      run((context) => calibrate(folder, epsilon, options, context), options),
  );
}

/** Chooses thresholds, keeps them in the cascade, prints them with what they do on the calibration split. */
export async function calibrate(
  folder: string,
  epsilon: string | undefined,
  options: CalibrateOptions,
  { print, reporter }: CommandContext,
): Promise<void> {
  const { calibrate: choose } = await import('../calibrate/calibrate.js');
  const { saveCalibration } = await import('../cascade/calibrations.js');
  const { withFolderLock } = await import('../cascade/folder-lock.js');
  const { loadManifest } = await import('../cascade/manifest.js');
  const { loadSplit } = await import('../cascade/recorded-cascade.js');
  const { evaluate } = await import('../report/evaluation.js');
  const { percent } = await import('../report/numbers.js');
  const { exitShareRows, reportRow } = await import('../report/result-rows.js');
  const { describeEvaluation } = await import('../report/describe.js');
  const { writeCsv } = await import('../report/csv.js');

  const request = await requestOf(epsilon, options);
  const manifest = await loadManifest(folder);
  const split = await loadSplit(folder, manifest, 'calibration', options.splitSeed);
  const point = choose(split.table, request);
  const calibration = {
    max_drop_points:
      'target' in request && request.target.kind === 'max-drop' ? percent(request.target.drop) : null,
    max_macs_percent:
      'target' in request && request.target.kind === 'max-macs' ? percent(request.target.share) : null,
    epsilon_points: 'epsilon' in request ? percent(request.epsilon) : null,
    method: request.method,
    criterion: 'softmax',
    confidence_percent: null,
    split: split.description,
    split_seed: options.splitSeed,
    images: split.table.images,
    parameter: point.parameter ?? null,
    thresholds: point.thresholds,
  };
  await withFolderLock(folder, () => saveCalibration(folder, calibration, manifest.exits.length));

  const blocks = manifest.exits.map(({ block }) => block);
  const evaluation = evaluate(split.table, point.thresholds, blocks);
  const results = path.join(options.results, manifest.name);
  await writeCsv(
    path.join(results, 'thresholds.csv'),
    exitShareRows(manifest, calibration, 'calibration', evaluation),
  );
  if (options.json) {
    return print(
      JSON.stringify(
        { ...reportRow(manifest, calibration, 'calibration', evaluation), exits: evaluation.exits },
        null,
        2,
      ),
    );
  }
  print(
    describeEvaluation(
      evaluation,
      `Thresholds chosen on the ${split.description} (${evaluation.images} images)`,
    ),
  );
  if (point.thresholds.every((threshold) => threshold === null)) {
    reporter.note('No exit pays under this target: the full network is run for every image.');
  }
  reporter.note('The choice is empirical: on unseen images the drop is larger in about half of all cases.');
  reporter.note(
    `Next: cascade eval ${folder}${options.splitSeed === 0 ? '' : ` --split-seed ${options.splitSeed}`}`,
  );
}

async function requestOf(
  epsilon: string | undefined,
  options: CalibrateOptions,
): Promise<CalibrationRequest> {
  const { usageError } = await import('../errors.js');
  const { method, maxDrop, maxMacs } = options;
  if (method === 'paper-epsilon') {
    if (epsilon === undefined)
      throw usageError(
        '--method paper-epsilon takes a slack: `cascade calibrate <cascade> --method paper-epsilon 1%`.',
      );
    if (maxDrop !== undefined || maxMacs !== undefined) {
      throw usageError('--method paper-epsilon takes its own slack; leave --max-drop and --max-macs out.');
    }
    return { method, epsilon: parsePercentage(epsilon) };
  }
  if (epsilon !== undefined)
    throw usageError(`${epsilon} is one argument too many; a slack goes with --method paper-epsilon only.`);
  if (maxDrop !== undefined && maxMacs !== undefined) {
    throw usageError('--max-drop and --max-macs are two targets; give one of them.');
  }
  if (maxMacs !== undefined) return { method, target: { kind: 'max-macs', share: maxMacs } };
  return { method, target: { kind: 'max-drop', drop: maxDrop ?? CALIBRATE_DEFAULTS.maxDrop } };
}
