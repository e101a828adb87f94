import { type Calibration, confidencePercent, currencyOf, promiseKind } from '../../artifact/calibration.js';
import type { Calibrations } from '../../artifact/calibrations.js';
import { maxTimePercent, writtenTarget } from '../../artifact/written-target.js';
import { scoringName } from '../../exits/scoring.js';

/** A calibration as `show --json` has it; a number is that which `--use` takes. */
export function calibrationRows({ all, active }: Calibrations) {
  return all.map((calibration, index) => ({
    number: index + 1,
    name: calibration.name ?? null,
    active: calibration === active,
    ...rowOf(calibration),
  }));
}

function rowOf(calibration: Calibration) {
  const { method, rule, target, labels, split, split_seed, images, timing } = calibration;
  const cost = currencyOf(calibration);
  return {
    ...{ method, criterion: scoringName(rule.scoring), ...writtenTarget(target, cost) },
    max_time_percent: maxTimePercent(target, cost),
    confidence_percent: confidencePercent(calibration),
    promise_kind: promiseKind(calibration),
    ...{ labels, split, split_seed, images, cost, batch_size: timing?.batch_size ?? null },
    thresholds: rule.thresholds,
  };
}
