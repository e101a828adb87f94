import type { Calibration } from '../artifact/calibration.js';
import { saveCalibration } from '../artifact/calibrations.js';
import { withFolderLock } from '../artifact/folders/folder-lock.js';
import type { Manifest } from '../artifact/manifest.js';
import { noGain } from '../artifact/no-gain.js';
import { type Currency, costsIn, type Prices, pricesOf } from '../artifact/timings/prices.js';
import {
  chooseByEpsilon,
  chooseCertified,
  chooseEmpirically,
  type EmpiricalChoice,
  type Search,
} from '../calibrate/calibrate.js';
import type { CertifiedPath, TestedPath } from '../calibrate/certified-path.js';
import { timesAsManyNeeded } from '../calibrate/images-needed.js';
import { type EpsilonTarget, limitsOf, type Target } from '../calibrate/target.js';
import { CascadeError } from '../errors.js';
import { type RecordedOutputs, withoutLabels } from '../exits/recorded-outputs.js';
import type { Scoring } from '../exits/scoring.js';
import { costOf, enabledExits } from '../exits/thresholds.js';
import { loadSplit, type RecordedSplit } from '../records/recorded-cascade.js';
import { percent } from '../stats/percent.js';
import { type Evaluation, evaluateOutputs, type NamedExit } from './evaluation.js';
import { evaluateGroups, type GroupEvaluation, groupTotals, promisedGroups } from './group-evaluation.js';

/** What is asked of a calibration. */
export type CalibrationOptions = {
  /** What the calibration is to be called; what one of the same question was called when left out. */
  readonly name?: string;
  /** Seed of the halves of a test set, and of the part of the images that makes the path. */
  readonly splitSeed: number;
  /** What exits cost; MACs alone when left out. */
  readonly prices?: Prices;
  /** What is to be cheap, and what a budget is in; `macs` when left out. */
  readonly currency?: Currency;
} & (
  | {
      readonly target: Target;
      readonly search: Search;
      /** Confidence of the promise, a fraction; null for an empirical choice. */
      readonly confidence: number | null;
    }
  | { readonly target: EpsilonTarget; readonly scoring: Scoring }
);

/** How a promise came out, as `--json` has it. */
export type PromiseOutcome = {
  /** Images that made the candidates; 0 where they are fixed beforehand. */
  readonly path_images: number;
  /** Images that tested them. */
  readonly test_images: number;
  /** Points of the path; none where its images are too few. */
  readonly candidates: number;
  /** What the empirical choice, without a promise, does on the same images. */
  readonly empirical: Evaluation;
  /** What is saved under the same promise of all images together; there where more is promised. */
  readonly mean_only?: Evaluation;
} & (
  | { readonly kept: true; readonly images_needed: null }
  /** Nothing could be certified, so that the full network is run for every image. */
  | {
      readonly kept: false;
      /** Calibration images that would probably be enough; null if no number would, or there are no candidates. */
      readonly images_needed: number | null;
    }
);

/** A calibration with what it does on the calibration split. */
export interface CalibrationReport {
  readonly calibration: Calibration;
  readonly evaluation: Evaluation;
  /** What it does with the images of each group that something is promised of; left out where the promise is of all images together. */
  readonly groups?: readonly GroupEvaluation[];
  /** How the promise came out, if one was asked for. */
  readonly promise?: PromiseOutcome;
}

/**
 * Chooses thresholds from a cascade's recorded outputs on its calibration split and keeps them in its folder.
 *
 * @throws CascadeError if no operating point is within a budget or has a gain that was asked for.
 */
export async function calibrateCascade(
  folder: string,
  manifest: Manifest,
  options: CalibrationOptions,
): Promise<CalibrationReport> {
  const split = await loadSplit(folder, manifest, 'calibration', options.splitSeed);
  const { prices = pricesOf(manifest, null) } = options;
  const report =
    'scoring' in options
      ? byEpsilon(split, options, prices, manifest.exits)
      : bySearch(split, options, prices, manifest.exits);
  const { calibration } = report;
  const named = options.name === undefined ? calibration : { name: options.name, ...calibration };
  await withFolderLock(folder, () => saveCalibration(folder, named, manifest));
  const totals = groupTotals(split.outputs, calibration.rule, calibration.labels);
  const all = evaluateGroups(totals, calibration, manifest.exits, manifest.class_names, false);
  const groups = promisedGroups(all, calibration);
  return groups.length === 0 ? report : { ...report, groups };
}

type EpsilonOptions = Extract<CalibrationOptions, { readonly scoring: Scoring }>;

function byEpsilon(
  split: RecordedSplit,
  { splitSeed, target, scoring }: EpsilonOptions,
  prices: Prices,
  exits: readonly NamedExit[],
): CalibrationReport {
  const choice = chooseByEpsilon(split.outputs, scoring, target.epsilon);
  const asked = { target, method: 'paper-epsilon', labels: 'given', ...fromSplit(split, splitSeed) } as const;
  const evaluation = evaluateOutputs(split.outputs, choice.rule, prices, exits);
  return { calibration: { ...asked, ...empirical(choice) }, evaluation };
}

function bySearch(
  split: RecordedSplit,
  options: Exclude<CalibrationOptions, EpsilonOptions>,
  prices: Prices,
  exits: readonly NamedExit[],
): CalibrationReport {
  const { splitSeed, target, search, confidence, currency = 'macs' } = options;
  const outputs = { ...split.outputs, costs: costsIn(currency, prices) };
  const { method, labelFree, promise: kind } = search;
  const labelled = labelFree ? withoutLabels(outputs) : outputs;
  const choice = chooseEmpirically(outputs, search, target);
  checkBudget(choice, target, currency, outputs);
  if (confidence === null) checkGain(choice, target);
  const evaluation = evaluateOutputs(labelled, choice.rule, prices, exits);
  const labels = labelFree ? 'none' : 'given';
  const timing = currency === 'time' ? { timing: prices.time!.timing } : {};
  const asked = { target, method, labels, ...timing, ...fromSplit(split, splitSeed) } as const;
  if (confidence === null) return { calibration: { ...asked, ...empirical(choice) }, evaluation };

  const { rule, path, point, pathImages } = chooseCertified(outputs, search, target, confidence, splitSeed);
  if (point === undefined && target.kind === 'max-cost')
    throw overBudget(target.share, currency, 'certified ');
  if (point === undefined && target.kind === 'max-drop' && target.drop < 0)
    throw noGain(target.drop, 'certified ');
  const parameter = point?.parameter ?? null;
  // What that more costs is told against the same promise of all images together.
  const meanRule =
    kind === undefined || kind === 'mean' || point === undefined
      ? undefined
      : chooseCertified(outputs, { ...search, promise: 'mean' }, target, confidence, splitSeed).rule;
  const mean = meanRule && evaluateOutputs(labelled, meanRule, prices, exits);
  return {
    calibration: {
      ...{ ...asked, rule, parameter },
      promise: { confidence, ...(kind && { kind }), ...keptPath(path, currency, prices) },
    },
    evaluation: evaluateOutputs(labelled, rule, prices, exits),
    promise: {
      path_images: pathImages,
      test_images: path.images,
      candidates: path.points.length,
      empirical: evaluation,
      ...(mean && { mean_only: mean }),
      ...(point === undefined
        ? { kept: false, images_needed: enoughImages(path, target, confidence, outputs) }
        : { kept: true, images_needed: null }),
    },
  };
}

function fromSplit({ description, outputs }: RecordedSplit, splitSeed: number) {
  return { split: description, split_seed: splitSeed, images: outputs.labels.length };
}

function empirical({ rule, point }: EmpiricalChoice) {
  return { rule, parameter: point.parameter ?? null, promise: null };
}

/** Calibration images of which the part that tests would probably be enough; null if no number would. */
function enoughImages(
  path: CertifiedPath,
  target: Target,
  confidence: number,
  { labels, costs }: RecordedOutputs,
): number | null {
  const times = target.kind === 'max-cost' ? null : timesAsManyNeeded(path, target.drop, confidence, costs);
  return times && Math.ceil(times * labels.length);
}

/** The path, and its MACs beside where it was made and tested in another currency. */
function keptPath(path: TestedPath, currency: Currency, { macs }: Prices) {
  if (currency === 'macs') return { path };
  const pathMacs = path.points.map(({ counts, thresholds }) =>
    costOf(counts, macs, enabledExits(thresholds)),
  );
  return { path, pathMacs };
}

/** The full network stands in where no exit pays, but it is no answer to a budget that it breaks. */
function checkBudget(
  { point }: EmpiricalChoice,
  target: Target,
  currency: Currency,
  { costs, labels }: RecordedOutputs,
): void {
  if (target.kind !== 'max-cost') return;
  if (point.outcome.cost > target.share * costs.full * labels.length)
    throw overBudget(target.share, currency, '');
}

/** Nor is it one to a gain. */
function checkGain({ point: { outcome } }: EmpiricalChoice, target: Target): void {
  if (target.kind !== 'max-drop' || target.drop >= 0) return;
  const { breaks, repairs, images } = outcome;
  if (breaks - repairs > limitsOf(target, images, 0).lost) throw noGain(target.drop, '');
}

function overBudget(share: number, currency: Currency, kind: string): CascadeError {
  const quantity = currency === 'macs' ? 'MACs' : 'time';
  return new CascadeError(
    `No ${kind}choice of thresholds costs at most ${percent(share)} % of the full network's ${quantity}; raise --max-${currency}, or add exits that cost less.`,
  );
}
