import { type Calibration, currencyOf, promiseKind } from '../../artifact/calibration.js';
import { contradictsBudget, keptPValue } from '../../calibrate/promises/contradicts.js';
import type { Evaluation } from '../../cascade/evaluation.js';
import type { GroupEvaluation } from '../../cascade/group-evaluation.js';
import { counted } from '../../counted.js';
import type { GroupCounts } from '../../exits/group-counts.js';
import { percent } from '../../stats/percent.js';
import { askedDrop, budgetWords, OF_WHOM } from '../describe/describe-promise.js';
import { fixed, inPoints } from '../numbers.js';

/** Probability of calling a promise contradicted that is kept, at most. */
const LEVEL = 0.05;

/** What the test images say of what was asked. */
export interface Verdict {
  /** One sentence: asked, promised, measured, and whether the images contradict it. */
  readonly sentence: string;
  /** `open`: nothing was promised, or only what cannot be tested. */
  readonly outcome: 'kept' | 'contradicted' | 'open';
}

/**
 * What was asked, promised and measured, in one sentence.
 *
 * @param groups of the test images, as `evaluateCascade` gives them.
 */
export function verdictOf(
  calibration: Calibration,
  evaluation: Evaluation,
  groups: readonly GroupEvaluation[],
): Verdict {
  const { target, promise } = calibration;
  const asked = askedWords(calibration);
  const among = `on ${counted(evaluation.images, 'test image')}`;
  const measured = measuredWords(calibration, evaluation, groups);
  if (promise === null) {
    const closing = empiricalWords(calibration, evaluation, groups);
    return {
      sentence: `${asked} was asked for without a promise; measured ${among}: ${measured}${closing}.`,
      outcome: 'open',
    };
  }
  const confidence = `${percent(promise.confidence)} % confidence`;
  if (target.kind === 'max-drop' && calibration.rule.thresholds.every((threshold) => threshold === null))
    return {
      sentence: `${asked} was asked for with ${confidence} and no early exit could be promised to keep to it, so the full network runs for every image; measured ${among}: ${measured}.`,
      outcome: 'open',
    };
  const isContradicted = contradicts(calibration, evaluation, groups);
  const said =
    isContradicted === null
      ? ''
      : isContradicted
        ? ', which contradicts the promise: these images are not from the source of the calibration images, or this is one of the draws that the confidence allows for'
        : ', which does not contradict the promise';
  return {
    sentence: `${asked} was asked for and promised with ${confidence}; measured ${among}: ${measured}${said}.`,
    outcome: isContradicted === null ? 'open' : isContradicted ? 'contradicted' : 'kept',
  };
}

function askedWords(calibration: Calibration): string {
  const { target, labels } = calibration;
  const words =
    target.kind === 'max-drop'
      ? `${askedDrop(percent(target.drop), labels)}${OF_WHOM[promiseKind(calibration)]}`
      : target.kind === 'max-cost'
        ? `a mean cost of at most ${budgetWords(calibration, target.share)}${currencyOf(calibration) === 'time' ? ',' : ''}`
        : `the paper's rule with a slack of ${inPoints(percent(target.epsilon))} at each exit`;
  return `${words[0]!.toUpperCase()}${words.slice(1)}`;
}

function measuredWords(
  calibration: Calibration,
  evaluation: Evaluation,
  groups: readonly GroupEvaluation[],
): string {
  const { target, labels } = calibration;
  if (target.kind === 'max-cost') {
    const spent = spentPercent(calibration, evaluation);
    return spent === null ? 'nothing, since no times of this machine are known' : `${spent.toFixed(1)} %`;
  }
  if (target.kind === 'max-drop' && labels === 'none')
    return `${dropPoints(calibration, groups).toFixed(2)} points of disagreement`;
  const { drop_points: drop, drop_low_points: low, drop_high_points: high } = evaluation;
  const words = drop < 0 ? `a gain of ${(-drop).toFixed(2)} points` : `a drop of ${fixed(drop, 2)} points`;
  return `${words} (95 % interval of the drop ${fixed(low, 2)} to ${fixed(high, 2)})`;
}

/** In percent of the full network's cost, in the currency of the choice; null where that is time and none is known. */
function spentPercent(calibration: Calibration, evaluation: Evaluation): number | null {
  const saved =
    currencyOf(calibration) === 'macs'
      ? evaluation.macs_saved_percent
      : evaluation.predicted_time_saved_percent;
  return saved === null ? null : 100 - saved;
}

/** Whether what was asked for came about, where nothing was promised of it. */
function empiricalWords(
  calibration: Calibration,
  evaluation: Evaluation,
  groups: readonly GroupEvaluation[],
): string {
  const { target } = calibration;
  if (target.kind === 'epsilon') return ', which that rule does not bound';
  const measured =
    target.kind === 'max-cost' ? spentPercent(calibration, evaluation) : dropPoints(calibration, groups);
  if (measured === null) return '';
  const limit = percent(target.kind === 'max-cost' ? target.share : target.drop);
  return measured <= limit ? ', which is within it' : ', which is not within it';
}

/** In points of accuracy, or of disagreement where no labels were given. */
function dropPoints({ labels }: Calibration, groups: readonly GroupEvaluation[]): number {
  const { breaks, repairs, images } = allImages(groups);
  return percent((labels === 'none' ? breaks : breaks - repairs) / images);
}

/** Whether the images contradict the promise; null where there is no telling. */
function contradicts(
  calibration: Calibration,
  evaluation: Evaluation,
  groups: readonly GroupEvaluation[],
): boolean | null {
  const { target, labels } = calibration;
  if (target.kind === 'max-cost') return contradictsCost(calibration, evaluation, target.share);
  if (target.kind !== 'max-drop') return null;
  const promised = groups.filter(({ contradicted }) => contradicted !== null);
  if (promised.length > 0) return promised.some(({ contradicted }) => contradicted === true);
  return keptPValue(allImages(groups), target.drop, labels === 'none') <= LEVEL;
}

function contradictsCost(calibration: Calibration, evaluation: Evaluation, share: number): boolean | null {
  const { images, full_macs, predicted_full_milliseconds_per_image: fullTime } = evaluation;
  const isByTime = currencyOf(calibration) === 'time';
  const full = isByTime ? fullTime : full_macs;
  if (full === null) return null;
  const places = evaluation.exits
    .filter(({ enabled }) => enabled)
    .map(({ macs, predicted_milliseconds: time, share_percent: left }) => ({
      cost: isByTime ? time! : macs,
      count: Math.round((left * images) / 100),
    }));
  return contradictsBudget(places, share * full, LEVEL);
}

/** The last of the groups by exit. */
function allImages(groups: readonly GroupEvaluation[]): GroupCounts {
  return groups.findLast(({ grouping }) => grouping === 'exit')!;
}
