import path from 'node:path';
import { exitCosts } from '../../artifact/exit-costs.js';
import { loadManifest, type Manifest } from '../../artifact/manifest.js';
import { NO_GAIN_WITHOUT_LABELS } from '../../artifact/no-gain.js';
import { defaultMethod } from '../../calibrate/default-search.js';
import { type CalibrationOptions, calibrateCascade } from '../../cascade/calibrate-cascade.js';
import { usageError } from '../../errors.js';
import { noteDisabledExits, splitSeedWords } from '../../report/closing-notes.js';
import { resultsFolder, writeCsv } from '../../report/csv.js';
import { describeCalibration } from '../../report/describe/describe-calibration.js';
import { exitShareRows, reportRow } from '../../report/rows-written.js';
import { CALIBRATE_DEFAULTS, type CalibrateOptions } from '../calibrate.js';
import type { CommandContext } from '../common/context.js';
import { parsePercentage } from '../common/parse.js';
import { scoringOf } from '../common/scoring-options.js';
import { calibrateByAnswers } from './calibrate-answers.js';

/** Chooses thresholds, keeps them in the cascade, prints them with what they do on the calibration split. */
export async function calibrate(
  folder: string,
  epsilon: string | undefined,
  options: CalibrateOptions,
  context: CommandContext,
): Promise<void> {
  const { print, reporter } = context;
  const manifest = await loadManifest(folder);
  if (options.answers !== undefined) {
    if (epsilon !== undefined) throw usageError(`${epsilon} is one argument too many beside --answers.`);
    return calibrateByAnswers(folder, manifest, options.answers, options, context);
  }
  const report = await calibrateCascade(folder, manifest, calibrationOptions(epsilon, options, manifest));
  const { calibration, evaluation, promise } = report;
  const rows = exitShareRows(manifest, calibration, 'calibration', evaluation);
  await writeCsv(path.join(resultsFolder(options.results, manifest), 'thresholds.csv'), rows);
  if (options.json) {
    const row = reportRow(manifest, calibration, 'calibration', evaluation);
    return print(JSON.stringify({ ...row, exits: evaluation.exits, promise: promise ?? null }, null, 2));
  }
  print(describeCalibration(report));
  // A promise that could not be given has been explained.
  if (promise?.isKept !== false) noteDisabledExits(calibration.rule.thresholds, reporter);
  reporter.note(`Next: cascade eval ${folder}${splitSeedWords(options.splitSeed)}`);
}

/** Commander checks options only. */
function slackOf(epsilon: string): number {
  try {
    return parsePercentage(epsilon);
  } catch (error) {
    throw usageError(`The slack ${epsilon} is not valid: ${(error as Error).message}`);
  }
}

function calibrationOptions(
  epsilon: string | undefined,
  options: CalibrateOptions,
  manifest: Manifest,
): CalibrationOptions {
  const { maxDrop, maxMacs, confidence, labels, splitSeed } = options;
  const method = options.method ?? defaultMethod(options.criterion);
  const labelFree = labels === 'none';
  const asked = scoringOf(options, manifest.classes, { method, labelFree, costs: exitCosts(manifest) });
  const { scoring } = asked;
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
    if (asked.scorings !== undefined)
      throw usageError(
        '--average auto chooses for a drop or a budget, and a slack is neither; give a weight.',
      );
    return { splitSeed, target: { kind: 'epsilon', epsilon: slackOf(epsilon) }, scoring };
  }
  if (epsilon !== undefined)
    throw usageError(`${epsilon} is one argument too many; a slack goes with --method paper-epsilon only.`);
  if (maxDrop !== undefined && maxMacs !== undefined)
    throw usageError('--max-drop and --max-macs are two targets; give one of them.');
  const target =
    maxMacs === undefined
      ? ({ kind: 'max-drop', drop: maxDrop ?? CALIBRATE_DEFAULTS.maxDrop } as const)
      : ({ kind: 'max-cost', share: maxMacs } as const);
  if (labelFree && target.kind === 'max-drop' && target.drop < 0) throw usageError(NO_GAIN_WITHOUT_LABELS);
  const search = { method, ...asked, labelFree };
  return { splitSeed, search, target, confidence: confidence === 'none' ? null : confidence };
}
