import type { Calibration } from '../artifact/calibration.js';
import { saveCalibration } from '../artifact/calibrations.js';
import { withFolderLock } from '../artifact/folder-lock.js';
import type { Manifest } from '../artifact/manifest.js';
import { noGain } from '../artifact/no-gain.js';
import {
  chooseByEpsilon,
  chooseCertified,
  chooseEmpirically,
  type EmpiricalChoice,
  type Search,
} from '../calibrate/calibrate.js';
import type { CertifiedPath } from '../calibrate/certified-path.js';
import { imagesNeeded } from '../calibrate/images-needed.js';
import { type EpsilonTarget, limitsOf, type Target } from '../calibrate/target.js';
import { CascadeError } from '../errors.js';
import { type RecordedOutputs, withoutLabels } from '../exits/recorded-outputs.js';
import type { Scoring } from '../exits/scoring.js';
import { loadSplit, type RecordedSplit } from '../records/recorded-cascade.js';
import { percent } from '../stats/percent.js';
import { type Evaluation, evaluateOutputs, type NamedExit } from './evaluation.js';

/** What is asked of a calibration. */
export type CalibrationOptions = {
  /** Seed of the halves of a test set, and of the part of the images that makes the path. */
  readonly splitSeed: number;
} & (
  | {
      readonly target: Target;
      readonly search: Search;
      /** Confidence of the promise, a fraction; null for an empirical choice. */
      readonly confidence: number | null;
    }
  | { readonly target: EpsilonTarget; readonly scoring: Scoring }
);

/** How a promise came out. */
export type PromiseOutcome = {
  /** Images that made the candidates; 0 where they are fixed beforehand. */
  readonly pathImages: number;
  /** Images that tested them. */
  readonly testImages: number;
  /** Points of the path; none where its images are too few. */
  readonly candidates: number;
  /** What the empirical choice, without a promise, does on the same images. */
  readonly empirical: Evaluation;
} & (
  | { readonly isKept: true; readonly imagesNeeded: null }
  /** Nothing could be certified, so that the full network is run for every image. */
  | {
      readonly isKept: false;
      /** Calibration images that would probably be enough; null if no number would, or there are no candidates. */
      readonly imagesNeeded: number | null;
    }
);

/** A calibration with what it does on the calibration split. */
export interface CalibrationReport {
  readonly calibration: Calibration;
  readonly evaluation: Evaluation;
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
  const report =
    'scoring' in options
      ? byEpsilon(split, options, manifest.exits)
      : bySearch(split, options, manifest.exits);
  await withFolderLock(folder, () => saveCalibration(folder, report.calibration, manifest));
  return report;
}

type EpsilonOptions = Extract<CalibrationOptions, { readonly scoring: Scoring }>;

function byEpsilon(
  split: RecordedSplit,
  { splitSeed, target, scoring }: EpsilonOptions,
  exits: readonly NamedExit[],
): CalibrationReport {
  const choice = chooseByEpsilon(split.outputs, scoring, target.epsilon);
  const asked = { target, method: 'paper-epsilon', labels: 'given', ...fromSplit(split, splitSeed) } as const;
  const evaluation = evaluateOutputs(split.outputs, choice.rule, exits);
  return { calibration: { ...asked, ...empirical(choice) }, evaluation };
}

function bySearch(
  split: RecordedSplit,
  { splitSeed, target, search, confidence }: Exclude<CalibrationOptions, EpsilonOptions>,
  exits: readonly NamedExit[],
): CalibrationReport {
  const { outputs } = split;
  const { method, labelFree } = search;
  const labelled = labelFree ? withoutLabels(outputs) : outputs;
  const choice = chooseEmpirically(outputs, search, target);
  checkBudget(choice, target, outputs);
  if (confidence === null) checkGain(choice, target);
  const evaluation = evaluateOutputs(labelled, choice.rule, exits);
  const labels = labelFree ? 'none' : 'given';
  const asked = { target, method, labels, ...fromSplit(split, splitSeed) } as const;
  if (confidence === null) return { calibration: { ...asked, ...empirical(choice) }, evaluation };

  const { rule, path, point, pathImages } = chooseCertified(outputs, search, target, confidence, splitSeed);
  if (point === undefined && target.kind === 'max-cost') throw overBudget(target.share, 'certified ');
  if (point === undefined && target.kind === 'max-drop' && target.drop < 0)
    throw noGain(target.drop, 'certified ');
  const parameter = point?.parameter ?? null;
  return {
    calibration: { ...asked, rule, parameter, promise: { confidence, path } },
    evaluation: evaluateOutputs(labelled, rule, exits),
    promise: {
      pathImages,
      testImages: path.images,
      candidates: path.points.length,
      empirical: evaluation,
      ...(point === undefined
        ? { isKept: false, imagesNeeded: enoughImages(path, target, confidence, outputs.labels.length) }
        : { isKept: true, imagesNeeded: null }),
    },
  };
}

function fromSplit({ description, outputs }: RecordedSplit, splitSeed: number) {
  return { split: description, split_seed: splitSeed, images: outputs.labels.length };
}

function empirical({ rule, point }: EmpiricalChoice) {
  return { rule, parameter: point.parameter ?? null, promise: null };
}

/** Calibration images of which the part that tests would probably certify the safest candidate; null if no number would. */
function enoughImages(
  { points: [safest], images, labelFree }: CertifiedPath,
  target: Target,
  confidence: number,
  calibrationImages: number,
): number | null {
  if (safest === undefined || target.kind === 'max-cost') return null;
  const needed = imagesNeeded(safest, images, target.drop, confidence, labelFree);
  return needed === null ? null : Math.ceil((needed * calibrationImages) / images);
}

/** The full network stands in where no exit pays, but it is no answer to a budget that it breaks. */
function checkBudget({ point }: EmpiricalChoice, target: Target, { costs, labels }: RecordedOutputs): void {
  if (target.kind !== 'max-cost') return;
  if (point.outcome.cost > target.share * costs.full * labels.length) throw overBudget(target.share, '');
}

/** Nor is it one to a gain. */
function checkGain({ point: { outcome } }: EmpiricalChoice, target: Target): void {
  if (target.kind !== 'max-drop' || target.drop >= 0) return;
  const { breaks, repairs, images } = outcome;
  if (breaks - repairs > limitsOf(target, images, 0).lost) throw noGain(target.drop, '');
}

function overBudget(share: number, kind: string): CascadeError {
  return new CascadeError(
    `No ${kind}choice of thresholds costs at most ${percent(share)} % of the full network's MACs; raise --max-macs or attach earlier exits.`,
  );
}
