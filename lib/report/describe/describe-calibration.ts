import type { Calibration } from '../../artifact/calibrations.js';
import type { CalibrationReport } from '../../cascade/calibrate-cascade.js';
import type { CascadeEvaluation } from '../../cascade/evaluate-cascade.js';
import type { Evaluation } from '../../cascade/evaluation.js';
import { inPoints } from '../numbers.js';
import { describeEvaluation } from './describe-evaluation.js';
import { describePromise, EMPIRICAL_WARNING, EPSILON_WARNING } from './describe-promise.js';

/** Thresholds that were chosen, what they do on the calibration split, and what is promised of unseen images. */
export function describeCalibration({ calibration, evaluation, promise }: CalibrationReport): string {
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

/** What a calibration does on the test split. @param tested says which split that is. */
export function describeTested(
  calibration: Calibration,
  evaluation: Evaluation,
  { description, images }: Pick<CascadeEvaluation, 'description' | 'images'>,
): string {
  const title = `${askedFor(calibration)}, on the ${description} (${images} images no choice has seen)`;
  return describeEvaluation(evaluation, title);
}

function askedFor(calibration: Calibration): string {
  const { method, labels, max_drop_points, max_macs_percent, epsilon_points, confidence_percent } =
    calibration;
  const promised = confidence_percent === null ? '' : ` with ${confidence_percent} % confidence`;
  const quantity = labels === 'none' ? 'a disagreement with the full network' : 'a drop';
  if (max_drop_points !== null)
    return `Asked for ${quantity} of at most ${inPoints(max_drop_points)}${promised} (${method})`;
  if (max_macs_percent !== null)
    return `Asked for at most ${max_macs_percent} % of the MACs${promised} (${method})`;
  return `The paper's rule with a slack of ${inPoints(epsilon_points!)}`;
}
