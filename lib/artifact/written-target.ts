import type { CalibrationTarget } from '../calibrate/target.js';
import { percent } from '../stats/percent.js';

/** What was asked of a calibration as files have it: in percentage points or percent, exactly one of the three. */
export interface WrittenTarget {
  readonly max_drop_points: number | null;
  readonly max_macs_percent: number | null;
  readonly epsilon_points: number | null;
}

export function writtenTarget(target: CalibrationTarget): WrittenTarget {
  return {
    max_drop_points: target.kind === 'max-drop' ? percent(target.drop) : null,
    max_macs_percent: target.kind === 'max-cost' ? percent(target.share) : null,
    epsilon_points: target.kind === 'epsilon' ? percent(target.epsilon) : null,
  };
}

export function readTarget({
  max_drop_points,
  max_macs_percent,
  epsilon_points,
}: WrittenTarget): CalibrationTarget {
  if (max_drop_points !== null) return { kind: 'max-drop', drop: max_drop_points / 100 };
  if (max_macs_percent !== null) return { kind: 'max-cost', share: max_macs_percent / 100 };
  return { kind: 'epsilon', epsilon: epsilon_points! / 100 };
}
