import type { Calibrations } from '../../artifact/calibrations.js';
import type { Reporter } from '../../reporter.js';

/** Says which calibration has lost its name to another, where one has. */
export function noteMovedName(before: Calibrations, after: Calibrations, reporter: Reporter): void {
  for (const [index, { name }] of before.all.entries()) {
    const place = after.all.findIndex((calibration) => calibration.name === name);
    if (name !== undefined && place !== index)
      reporter.note(`${name} was the name of calibration ${index + 1} and is that of ${place + 1} now.`);
  }
}
