import { type Calibration, saveCalibration } from '../artifact/calibrations.js';
import { withFolderLock } from '../artifact/folder-lock.js';
import type { Manifest } from '../artifact/manifest.js';
import {
  chooseByEpsilon,
  chooseCertified,
  chooseEmpirically,
  type EmpiricalChoice,
  type Search,
} from '../calibrate/calibrate.js';
import { imagesNeeded } from '../calibrate/images-needed.js';
import type { Target } from '../calibrate/target.js';
import { CascadeError } from '../errors.js';
import { type RecordedOutputs, withoutLabels } from '../exits/recorded-outputs.js';
import type { Scoring } from '../exits/scoring.js';
import { loadSplit } from '../records/recorded-cascade.js';
import { percent } from '../stats/percent.js';
import { type Evaluation, evaluateOutputs } from './evaluation.js';

/** What is asked of a calibration. */
export type CalibrationOrder = {
  readonly splitSeed: number;
} & (
  | {
      readonly search: Search;
      readonly target: Target;
      /** A fraction; null for an empirical choice. */
      readonly confidence: number | null;
    }
  /** The paper's rule in its own meaning. @property epsilon a fraction. */
  | { readonly epsilon: number; readonly scoring: Scoring }
);

/** How a promise came out. */
export interface PromiseOutcome {
  /** Images that made the candidates. */
  readonly pathImages: number;
  /** Images that tested them. */
  readonly testImages: number;
  /** Points of the path; none where its images are too few. */
  readonly candidates: number;
  /** What the empirical choice, without a promise, does on the same images. */
  readonly empirical: Evaluation;
  /** False if nothing could be certified, so that the full network is run for every image. */
  readonly isKept: boolean;
  /** Calibration images that would probably be enough where nothing could be certified; null if no number would, or there are no candidates. */
  readonly imagesNeeded: number | null;
}

/** A calibration with what it does on the calibration split. */
export interface CalibrationReport {
  readonly calibration: Calibration;
  readonly evaluation: Evaluation;
  /** Of the promise, if one was asked for. */
  readonly promise?: PromiseOutcome;
}

/**
 * Chooses thresholds from a cascade's recorded outputs on its calibration split and keeps them in its folder.
 *
 * @throws CascadeError if no operating point is within a budget.
 */
export async function calibrateCascade(
  folder: string,
  manifest: Manifest,
  order: CalibrationOrder,
): Promise<CalibrationReport> {
  const split = await loadSplit(folder, manifest, 'calibration', order.splitSeed);
  const { outputs } = split;
  const blocks = manifest.exits.map(({ block }) => block);
  const common = {
    ...targetOf(order),
    split: split.description,
    split_seed: order.splitSeed,
    images: outputs.labels.length,
  };
  const keep = (calibration: Calibration): Promise<void> =>
    withFolderLock(folder, () => saveCalibration(folder, calibration, manifest));

  if ('epsilon' in order) {
    const choice = chooseByEpsilon(outputs, order.scoring, order.epsilon);
    const calibration = {
      ...common,
      ...empirical(choice),
      method: 'paper-epsilon',
      labels: 'given',
    } as const;
    await keep(calibration);
    const evaluation = evaluateOutputs(outputs, choice.scoring, choice.point.thresholds, blocks);
    return { calibration, evaluation };
  }

  const { search, target, confidence } = order;
  const labelled = search.labelFree ? withoutLabels(outputs) : outputs;
  const choice = chooseEmpirically(outputs, search, target);
  checkBudget(choice, target, outputs);
  const evaluation = evaluateOutputs(labelled, choice.scoring, choice.point.thresholds, blocks);
  const asked = { ...common, method: search.method, labels: search.labelFree ? 'none' : 'given' } as const;
  if (confidence === null) {
    const calibration = { ...asked, ...empirical(choice) };
    await keep(calibration);
    return { calibration, evaluation };
  }

  const certified = chooseCertified(outputs, search, target, confidence, order.splitSeed);
  const { path, point } = certified;
  if (point === undefined && target.kind === 'max-macs') throw overBudget(target.share, 'certified ');
  const thresholds = point?.thresholds ?? blocks.map(() => null);
  const calibration: Calibration = {
    ...asked,
    scoring: certified.scoring,
    confidence_percent: percent(confidence),
    parameter: point?.parameter ?? null,
    thresholds,
    path,
  };
  await keep(calibration);
  const safest = path.points[0];
  const needed =
    point !== undefined || safest === undefined || target.kind === 'max-macs'
      ? null
      : imagesNeeded(safest, path.images, target.drop, confidence, path.labelFree);
  return {
    calibration,
    evaluation: evaluateOutputs(labelled, certified.scoring, thresholds, blocks),
    promise: {
      pathImages: certified.pathImages,
      testImages: path.images,
      candidates: path.points.length,
      empirical: evaluation,
      isKept: point !== undefined,
      imagesNeeded: needed === null ? null : Math.ceil((needed * outputs.labels.length) / path.images),
    },
  };
}

function targetOf(
  order: CalibrationOrder,
): Pick<Calibration, 'max_drop_points' | 'max_macs_percent' | 'epsilon_points'> {
  const none = { max_drop_points: null, max_macs_percent: null, epsilon_points: null };
  if ('epsilon' in order) return { ...none, epsilon_points: percent(order.epsilon) };
  return order.target.kind === 'max-drop'
    ? { ...none, max_drop_points: percent(order.target.drop) }
    : { ...none, max_macs_percent: percent(order.target.share) };
}

function empirical({ scoring, point }: EmpiricalChoice) {
  return {
    scoring,
    confidence_percent: null,
    parameter: point.parameter ?? null,
    thresholds: point.thresholds,
    path: null,
  };
}

/** The full network stands in where no exit pays, but it is no answer to a budget that it breaks. */
function checkBudget({ point }: EmpiricalChoice, target: Target, { costs, labels }: RecordedOutputs): void {
  if (target.kind !== 'max-macs') return;
  if (point.outcome.macs > target.share * costs.fullMacs * labels.length) throw overBudget(target.share, '');
}

function overBudget(share: number, kind: string): CascadeError {
  return new CascadeError(
    `No ${kind}choice of thresholds costs at most ${percent(share)} % of the full network's MACs; raise --max-macs or attach earlier exits.`,
  );
}
