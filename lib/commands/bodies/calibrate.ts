import type { Calibration } from '../../artifact/calibration.js';
import { isCalibrationName } from '../../artifact/calibration-name.js';
import { loadCalibrations } from '../../artifact/calibrations.js';
import { loadManifest, type Manifest } from '../../artifact/manifest.js';
import { NO_GAIN_WITHOUT_LABELS } from '../../artifact/no-gain.js';
import { frontExits, type TimePrices } from '../../artifact/timings/prices.js';
import { defaultMethod } from '../../calibrate/default-search.js';
import { type CalibrationOptions, calibrateCascade } from '../../cascade/calibrate-cascade.js';
import { inMilliseconds } from '../../cascade/evaluation.js';
import { type CascadeError, usageError } from '../../errors.js';
import { noteDisabledExits, noteUncertainTimes, splitSeedWords } from '../../report/closing-notes.js';
import { resultsFolder } from '../../report/csv.js';
import { describeCalibration } from '../../report/describe/describe-calibration.js';
import { cascadeSources } from '../../report/results/sources.js';
import { writeResults } from '../../report/results/write-results.js';
import { exitShareRows, groupRows, promisedCells, reportRow } from '../../report/rows-written.js';
import { percent } from '../../stats/percent.js';
import { CALIBRATE_DEFAULTS, type CalibrateCommandOptions } from '../calibrate.js';
import { type ChosenPrices, chosenPrices } from '../common/chosen-prices.js';
import type { CommandContext } from '../common/context.js';
import type { TimeBudget } from '../common/cost-options.js';
import { noteCalibrations } from '../common/note-calibrations.js';
import { parseDrop, parsePercentage } from '../common/parse.js';
import { scoringOf } from '../common/scoring-options.js';
import { calibrateByAnswers } from './calibrate-answers.js';

/** Chooses thresholds, keeps them in the cascade, prints them with what they do on the calibration split. */
export async function calibrate(
  folder: string,
  epsilon: string | undefined,
  options: CalibrateCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { print, reporter } = context;
  checkName(options.as);
  const manifest = await loadManifest(folder);
  if (options.answers !== undefined) {
    if (epsilon !== undefined) throw usageError(`${epsilon} is one argument too many beside --answers.`);
    return calibrateByAnswers(folder, manifest, options.answers, options, context);
  }
  checkTargets(options);
  const cost = options.maxTime === undefined ? options.cost : 'time';
  const chosen = await chosenPrices(folder, manifest, { ...options, ...(cost && { cost }) });
  if (chosen.currency === 'time') noteUncertainTimes(chosen.prices.time!.timing, reporter);
  const asked = calibrationOptions(epsilon, options, manifest, chosen);
  const before = await loadCalibrations(folder, manifest);
  const report = await calibrateCascade(folder, manifest, {
    ...{ ...asked, ...chosen },
    ...(options.as === undefined ? {} : { name: options.as }),
  });
  const { calibration, evaluation, groups, promise } = report;
  const results = resultsFolder(options.results, manifest);
  await writeResults(context, {
    folder: results,
    name: 'calibrate',
    tables: {
      'thresholds.csv': exitShareRows(manifest, calibration, 'calibration', evaluation),
      ...(groups && { 'promised.csv': groupRows(manifest, calibration, 'calibration', groups) }),
    },
    sources: await cascadeSources(folder, manifest),
    resolved: resolvedSearch(calibration),
  });
  noteCalibrations(folder, before, await loadCalibrations(folder, manifest), reporter);
  if (options.json) {
    const row = reportRow(manifest, calibration, 'calibration', evaluation);
    const { exits } = evaluation;
    return print(
      JSON.stringify(
        { ...row, exits, ...promisedCells(calibration, groups), promise: promise ?? null },
        null,
        2,
      ),
    );
  }
  print(describeCalibration(report));
  // A promise that could not be given has been explained.
  if (promise?.kept !== false) noteDisabledExits(calibration.rule.thresholds, reporter);
  reporter.note(`Next: cascade eval ${folder}${splitSeedWords(options.splitSeed)}`);
}

/** @throws CascadeError if a calibration cannot be called so. */
function checkName(name: string | undefined): void {
  if (name !== undefined && !isCalibrationName(name))
    throw usageError(
      `--as ${name} is no name of a calibration; give letters, digits, - and _, not digits alone, such as fast.`,
    );
}

/** What was chosen by where nothing was typed, as it would be typed. */
function resolvedSearch({ method, rule, target }: Calibration): Readonly<Record<string, string>> {
  const drop = target.kind === 'max-drop' ? { 'max-drop': `${percent(target.drop)}%` } : {};
  return { ...drop, method, average: String(rule.scoring.averaging) };
}

/** Commander checks options only. */
function slackOf(epsilon: string): number {
  try {
    return parsePercentage(epsilon);
  } catch (error) {
    throw usageError(`The slack ${epsilon} is not valid: ${(error as Error).message}`);
  }
}

/** @throws CascadeError if more than one thing is asked for, or a budget is in another currency than the costs. */
function checkTargets(options: CalibrateCommandOptions): void {
  const { method, maxDrop, maxMacs, maxTime, cost, labels } = options;
  checkPromise(options);
  const targets = Object.entries({ '--max-drop': maxDrop, '--max-macs': maxMacs, '--max-time': maxTime })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (method === 'paper-epsilon') {
    if (targets.length > 0 || cost === 'time' || labels === 'none')
      throw usageError(
        '--method paper-epsilon takes its own slack; leave --max-drop, --max-macs, --max-time, --cost and --labels out.',
      );
    return;
  }
  if (targets.length > 1)
    throw usageError(`${targets.slice(0, 2).join(' and ')} are two targets; give one of them.`);
  if (maxMacs !== undefined && cost === 'time')
    throw usageError('--max-macs is no budget of time; with --cost time give --max-time.');
  if (maxTime !== undefined && cost === 'macs')
    throw usageError('--max-time is no budget of MACs; leave --cost macs out, or give --max-macs.');
}

/** @throws CascadeError if a promise for every exit or class is asked for of something that none can be made of. */
function checkPromise({ promise, method, maxMacs, maxTime, confidence }: CalibrateCommandOptions): void {
  if (promise === CALIBRATE_DEFAULTS.promise) return;
  if (confidence === 'none')
    throw usageError(
      `--promise ${promise} is a promise and --confidence none makes none; leave one of them out.`,
    );
  if (maxMacs !== undefined || maxTime !== undefined)
    throw usageError(
      `--promise ${promise} is of a largest drop, and a budget is one of all images together; give --max-drop.`,
    );
  if (method === 'paper-epsilon' || (method === 'joint' && promise === 'per-exit'))
    throw usageError(
      `--promise ${promise} is not to be had by --method ${method}; take shared or paper-path.`,
    );
}

/** The error of a second argument, by which most people mean a drop. */
function oneTooMany(argument: string): CascadeError {
  const remedy = isDrop(argument) ? `give the drop as --max-drop ${argument}` : 'name one cascade alone';
  return usageError(
    `${argument} is one argument too many: ${remedy}; a slack goes with --method paper-epsilon only.`,
  );
}

function isDrop(text: string): boolean {
  try {
    parseDrop(text);
    return true;
  } catch {
    return false;
  }
}

/** @param chosen whose prices in time are needed where the budget is one. */
function calibrationOptions(
  epsilon: string | undefined,
  options: CalibrateCommandOptions,
  manifest: Manifest,
  { currency, prices }: ChosenPrices,
): CalibrationOptions {
  const { maxDrop, maxMacs, maxTime, confidence, labels, splitSeed, promise } = options;
  const { macs: costs, time } = prices;
  const method = options.method ?? defaultMethod(options.criterion, frontExits(currency), costs);
  const labelFree = labels === 'none';
  const asked = scoringOf(options, manifest.classes, { method, labelFree, costs });
  const { scoring } = asked;
  if (labelFree && scoring.top > 1)
    throw usageError('--labels none goes with --top 1 only; leave --top out.');
  if (method === 'paper-epsilon') {
    if (epsilon === undefined)
      throw usageError(
        '--method paper-epsilon takes a slack: `cascade calibrate <cascade> --method paper-epsilon 1%`.',
      );
    if (asked.scorings !== undefined)
      throw usageError(
        '--average auto chooses for a drop or a budget, and a slack is neither; give a weight.',
      );
    return { splitSeed, target: { kind: 'epsilon', epsilon: slackOf(epsilon) }, scoring };
  }
  if (epsilon !== undefined) throw oneTooMany(epsilon);
  const share = maxTime === undefined ? maxMacs : shareOf(maxTime, time!);
  const target =
    share === undefined
      ? ({ kind: 'max-drop', drop: maxDrop ?? CALIBRATE_DEFAULTS.maxDrop } as const)
      : ({ kind: 'max-cost', share } as const);
  if (labelFree && target.kind === 'max-drop' && target.drop < 0) throw usageError(NO_GAIN_WITHOUT_LABELS);
  const search = { method, ...asked, labelFree, ...(promise !== 'mean' && { promise }) };
  return { splitSeed, search, target, confidence: confidence === 'none' ? null : confidence };
}

/** A budget of time as a share of what the full network takes. */
function shareOf(budget: TimeBudget, { costs }: TimePrices): number {
  if ('share' in budget) return budget.share;
  const full = inMilliseconds(costs.full);
  const share = budget.milliseconds / full;
  if (share <= 1) return share;
  throw usageError(
    `--max-time ${budget.milliseconds}ms is more than the ${full.toFixed(3)} ms that the full network takes; give less.`,
  );
}
