import type { CalibrationTarget } from '../calibrate/target.js';
import { percent } from '../stats/percent.js';
import type { Currency } from './timings/prices.js';

/** What was asked of a calibration as files have it: in percentage points or percent, exactly one of them. */
export interface WrittenTarget {
  readonly max_drop_points: number | null;
  readonly max_macs_percent: number | null;
  readonly epsilon_points: number | null;
}

/** The same of a calibration that was chosen by time. */
export interface WrittenTimeTarget extends WrittenTarget {
  readonly max_time_percent: number | null;
}

/** @param currency that a largest cost is in. */
export function writtenTarget(target: CalibrationTarget, currency: Currency): WrittenTarget {
  return {
    max_drop_points: target.kind === 'max-drop' ? percent(target.drop) : null,
    max_macs_percent: currency === 'macs' ? budgetPercent(target) : null,
    epsilon_points: target.kind === 'epsilon' ? percent(target.epsilon) : null,
  };
}

/** The largest share of the full network's time that was asked for; null if something else was. */
export function maxTimePercent(target: CalibrationTarget, currency: Currency): number | null {
  return currency === 'time' ? budgetPercent(target) : null;
}

function budgetPercent(target: CalibrationTarget): number | null {
  return target.kind === 'max-cost' ? percent(target.share) : null;
}

export function readTarget({
  max_drop_points,
  max_macs_percent,
  max_time_percent,
  epsilon_points,
}: WrittenTarget & Partial<WrittenTimeTarget>): CalibrationTarget {
  if (max_drop_points !== null) return { kind: 'max-drop', drop: max_drop_points / 100 };
  const share = max_macs_percent ?? max_time_percent ?? null;
  if (share !== null) return { kind: 'max-cost', share: share / 100 };
  return { kind: 'epsilon', epsilon: epsilon_points! / 100 };
}
