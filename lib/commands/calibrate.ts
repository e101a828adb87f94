import path from 'node:path';
import { Command, Option } from 'commander';
import type { Manifest } from '../artifact/manifest.js';
import type { Method } from '../calibrate/calibrate.js';
import type { CalibrationOptions, CalibrationReport } from '../cascade/calibrate-cascade.js';
import { noteDisabledExits, splitSeedWords } from '../report/closing-notes.js';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { parseConfidence, parsePercentage, parseSeed } from './common/parse.js';
import {
  SCORING_DEFAULTS,
  type ScoringOptions,
  scoringOf,
  withScoringOptions,
} from './common/scoring-options.js';

export interface CalibrateOptions extends CommonOptions, ScoringOptions {
  readonly maxDrop?: number;
  readonly maxMacs?: number;
  readonly confidence: number | 'none';
  readonly labels: 'given' | 'none';
  readonly method: Method;
  readonly splitSeed: number;
  readonly results: string;
}

/** What `cascade calibrate` does where its user says nothing. */
export const CALIBRATE_DEFAULTS = {
  ...SCORING_DEFAULTS,
  method: 'paper-path',
  confidence: 0.95,
  labels: 'given',
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
      new Option('--confidence <level>', 'of the promise that this holds on unseen images; none: no promise')
        .argParser(parseConfidence)
        .default(CALIBRATE_DEFAULTS.confidence, '95%'),
    )
    .addOption(
      new Option('--labels <source>', 'none: bound the disagreement with the full network, without labels')
        .choices(['given', 'none'])
        .default(CALIBRATE_DEFAULTS.labels),
    )
    .addOption(
      new Option('--method <name>', 'how thresholds are chosen')
        .choices(['paper-path', 'joint', 'paper-epsilon'])
        .default(CALIBRATE_DEFAULTS.method),
    );
  withScoringOptions(command)
    .option(
      '--split-seed <number>',
      'of the halves of a test set, and of the part that makes the path',
      parseSeed,
      CALIBRATE_DEFAULTS.splitSeed,
    )
    .option('--results <folder>', 'where CSV files go', CALIBRATE_DEFAULTS.results)
    .addHelpText(
      'after',
      '\nExamples:\n  cascade calibrate r56.cascade --max-drop 1%\n  cascade calibrate r56.cascade --max-drop 1% --confidence none --method joint\n  cascade calibrate r56.cascade --max-macs 60%\n  cascade calibrate r56.cascade --method paper-epsilon 1%',
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
  const { calibrateCascade } = await import('../cascade/calibrate-cascade.js');
  const { loadManifest } = await import('../artifact/manifest.js');
  const { exitShareRows, reportRow } = await import('../report/rows-written.js');
  const { resultsFolder, writeCsv } = await import('../report/csv.js');

  const manifest = await loadManifest(folder);
  const report = await calibrateCascade(folder, manifest, await orderOf(epsilon, options, manifest));
  const { calibration, evaluation, promise } = report;
  const rows = exitShareRows(manifest, calibration, 'calibration', evaluation);
  await writeCsv(path.join(resultsFolder(options.results, manifest), 'thresholds.csv'), rows);
  if (options.json) {
    const row = reportRow(manifest, calibration, 'calibration', evaluation);
    return print(JSON.stringify({ ...row, exits: evaluation.exits, promise: promise ?? null }, null, 2));
  }
  print(await describe(report));
  // A promise that could not be given has been explained.
  if (promise?.isKept !== false) noteDisabledExits(calibration.rule.thresholds, reporter);
  reporter.note(`Next: cascade eval ${folder}${splitSeedWords(options.splitSeed)}`);
}

async function describe({ calibration, evaluation, promise }: CalibrationReport): Promise<string> {
  const { describeEvaluation } = await import('../report/describe.js');
  const { describePromise, EMPIRICAL_WARNING, EPSILON_WARNING } = await import(
    '../report/describe-promise.js'
  );
  const { split, images, labels, method } = calibration;
  const made =
    promise === undefined
      ? ''
      : `, of which ${promise.pathImages} made the path and ${promise.testImages} tested it`;
  const unlabelled = labels === 'none' ? '; right means: as the full network' : '';
  const title = `Thresholds chosen on the ${split} (${images} images${made}${unlabelled})`;
  const warning = method === 'paper-epsilon' ? EPSILON_WARNING : EMPIRICAL_WARNING;
  const closing = promise === undefined ? warning : describePromise(calibration, evaluation, promise);
  return `${describeEvaluation(evaluation, title)}\n\n${closing}`;
}

/** Commander checks options only. */
async function slackOf(epsilon: string): Promise<number> {
  const { usageError } = await import('../errors.js');
  try {
    return parsePercentage(epsilon);
  } catch (error) {
    throw usageError(`The slack ${epsilon} is not valid: ${(error as Error).message}`);
  }
}

async function orderOf(
  epsilon: string | undefined,
  options: CalibrateOptions,
  { classes }: Manifest,
): Promise<CalibrationOptions> {
  const { usageError } = await import('../errors.js');
  const { method, maxDrop, maxMacs, confidence, labels, splitSeed } = options;
  const scoring = await scoringOf(options, classes, method);
  const labelFree = labels === 'none';
  if (labelFree && scoring.top > 1)
    throw usageError('--labels none goes with --top 1 only; leave --top out.');
  if (method === 'paper-epsilon') {
    if (epsilon === undefined)
      throw usageError(
        '--method paper-epsilon takes a slack: `cascade calibrate <cascade> --method paper-epsilon 1%`.',
      );
    if (maxDrop !== undefined || maxMacs !== undefined || labelFree)
      throw usageError(
        '--method paper-epsilon takes its own slack; leave --max-drop, --max-macs and --labels out.',
      );
    return { splitSeed, target: { kind: 'epsilon', epsilon: await slackOf(epsilon) }, scoring };
  }
  if (epsilon !== undefined)
    throw usageError(`${epsilon} is one argument too many; a slack goes with --method paper-epsilon only.`);
  if (maxDrop !== undefined && maxMacs !== undefined)
    throw usageError('--max-drop and --max-macs are two targets; give one of them.');
  const target =
    maxMacs === undefined
      ? ({ kind: 'max-drop', drop: maxDrop ?? CALIBRATE_DEFAULTS.maxDrop } as const)
      : ({ kind: 'max-macs', share: maxMacs } as const);
  const search = { method, scoring, labelFree };
  return { splitSeed, search, target, confidence: confidence === 'none' ? null : confidence };
}
