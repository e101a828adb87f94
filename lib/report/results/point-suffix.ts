import type { Calibration } from '../../artifact/calibration.js';
import type { Calibrations } from '../../artifact/calibrations.js';
import { percent } from '../../stats/percent.js';

/**
 * What the names of result files have behind them where they are of another calibration than the active one, so that nothing of that is
 * overwritten: its name or number, `-fast` or `-2`.
 *
 * @param chosen one of the calibrations.
 */
export function calibrationSuffix({ all, active }: Calibrations, chosen: Calibration): string {
  return chosen === active ? '' : `-${chosen.name ?? all.indexOf(chosen) + 1}`;
}

/**
 * The same where a calibration is turned to another drop, in points: `.drop-2`. A name has no dots, so that the two are told apart.
 *
 * @param maxDrop a fraction; undefined for the calibration's own.
 */
export function dropSuffix({ target }: Calibration, maxDrop: number | undefined): string {
  const isOwn = maxDrop === undefined || (target.kind === 'max-drop' && target.drop === maxDrop);
  return isOwn ? '' : `.drop-${percent(maxDrop)}`;
}
