import type { Calibration } from '../../artifact/calibration.js';
import type { CalibrationReport } from '../../cascade/calibrate-cascade.js';
import type { CascadeEvaluation } from '../../cascade/evaluate-cascade.js';
import type { Evaluation } from '../../cascade/evaluation.js';
import type { GroupEvaluation } from '../../cascade/group-evaluation.js';
import { counted, grouped } from '../../counted.js';
import { percent } from '../../stats/percent.js';
import { describeEvaluation } from './describe-evaluation.js';
import { describeContradiction, describeGroups } from './describe-groups.js';
import { describePromise, describeTarget, EMPIRICAL_WARNING, EPSILON_WARNING } from './describe-promise.js';

/** Thresholds that were chosen, what they do on the calibration split, and what is promised of unseen images. */
export function describeCalibration({ calibration, evaluation, groups, promise }: CalibrationReport): string {
  const { split, images, labels, method, rule } = calibration;
  const { averaging } = rule.scoring;
  const made =
    promise === undefined
      ? ''
      : promise.path_images === 0
        ? ', all of which tested them'
        : `, of which ${grouped(promise.path_images)} made the path and ${grouped(promise.test_images)} tested it`;
  const by = `--method ${method}${averaging === 0 ? '' : ` --average ${averaging}`}`;
  const unlabelled = labels === 'none' ? '; right means: as the full network' : '';
  const title = `Thresholds chosen by ${by} on the ${split} (${counted(images, 'image')}${made}${unlabelled})`;
  const warning = method === 'paper-epsilon' ? EPSILON_WARNING : EMPIRICAL_WARNING;
  const closing = promise === undefined ? warning : describePromise(calibration, evaluation, promise);
  const parts = [
    describeEvaluation(evaluation, title, rule.scoring.criterion),
    ...(groups ? [describeGroups(groups)] : []),
    closing,
  ];
  return parts.join('\n\n');
}

/**
 * What a calibration does on the test split.
 *
 * @param tested says which split that is.
 * @param groups that something is promised of one by one; none where the promise is of all images together.
 */
export function describeTested(
  calibration: Calibration,
  evaluation: Evaluation,
  { description, images }: Pick<CascadeEvaluation, 'description' | 'images'>,
  groups: readonly GroupEvaluation[] = [],
): string {
  const { target, labels } = calibration;
  const labelled = labels === 'none' ? '; right means: by their labels, which the choice went without' : '';
  const title = `${describeTarget(calibration)}, on the ${description} (${counted(images, 'image')} no choice has seen${labelled})`;
  const described = describeEvaluation(evaluation, title, calibration.rule.scoring.criterion);
  if (groups.length === 0 || target.kind !== 'max-drop') return described;
  return [described, describeGroups(groups), describeContradiction(groups, percent(target.drop))].join(
    '\n\n',
  );
}
