import { certifiedUnderDrop } from '../calibrate/certified-path.js';
import { usageError } from '../errors.js';
import { percent } from '../stats/percent.js';
import type { Calibration } from './calibrations.js';

/**
 * A calibration turned to another largest drop without calibrating again: the same tested path, tested in the same order for the
 * new drop. The promise holds for each drop by itself, as long as it is not picked by what comes of it on the calibration images.
 * Where nothing can be certified, the full network.
 *
 * @param maxDrop a fraction.
 * @throws CascadeError if the calibration was an empirical one.
 */
export function atDrop(calibration: Calibration, maxDrop: number, folder: string): Calibration {
  const { path, confidence_percent: confidence } = calibration;
  if (path === null || confidence === null) {
    throw usageError(
      `The thresholds of ${folder} were chosen without a promise, and other drops need their own; run \`cascade calibrate ${folder} --max-drop ${percent(maxDrop)}%\`.`,
    );
  }
  const point = certifiedUnderDrop(path, maxDrop, confidence / 100);
  return {
    ...calibration,
    max_drop_points: percent(maxDrop),
    max_macs_percent: null,
    parameter: point?.parameter ?? null,
    thresholds: point?.thresholds ?? calibration.thresholds.map(() => null),
  };
}
