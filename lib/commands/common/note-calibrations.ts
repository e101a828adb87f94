import type { Calibrations } from '../../artifact/calibrations.js';
import type { Reporter } from '../../reporter.js';

/** Says what a calibration changed besides adding itself: a name that moved, and an active one with exits that made way for one without. */
export function noteCalibrations(
  folder: string,
  before: Calibrations,
  after: Calibrations,
  reporter: Reporter,
): void {
  for (const [index, { name }] of before.all.entries()) {
    const place = after.all.findIndex((calibration) => calibration.name === name);
    if (name !== undefined && place !== index)
      reporter.note(`${name} was the name of calibration ${index + 1} and is that of ${place + 1} now.`);
  }
  const [left, place] = [placeOf(before), placeOf(after)];
  if (left === place || hasExits(after) || !hasExits(before)) return;
  reporter.note(
    `Calibration ${place}, the active one from now on, uses no exit, so that eval and run take the full network; \`cascade show ${folder} --use ${left}\` makes calibration ${left}, which uses some, active again.`,
  );
}

/** The number of the active calibration, as `cascade show` lists it. */
function placeOf({ all, active }: Calibrations): number {
  return active === undefined ? 0 : all.indexOf(active) + 1;
}

/** Whether an image may leave early under the active calibration. */
function hasExits({ active }: Calibrations): boolean {
  return active?.rule.thresholds.some((threshold) => threshold !== null) ?? false;
}
