import { certifiedThresholds, certifiedUnderDrop } from '../calibrate/certified-path.js';
import { usageError } from '../errors.js';
import { percent } from '../stats/percent.js';
import type { Calibration } from './calibration.js';

/**
 * A calibration turned to another largest drop without calibrating again: the same tested path, tested in the same order for the
 * new drop. The promise holds for each drop by itself, as long as it is not picked by what comes of it on the calibration images.
 * Where nothing can be certified, the full network.
 *
 * @param maxDrop a fraction.
 * @throws CascadeError if the calibration was an empirical one.
 */
export function atDrop(calibration: Calibration, maxDrop: number, folder: string): Calibration {
  const { promise, rule } = calibration;
  if (promise === null) {
    throw usageError(
      `The thresholds of ${folder} were chosen without a promise, and other drops need their own; run \`cascade calibrate ${folder} --max-drop ${percent(maxDrop)}%\`.`,
    );
  }
  const point = certifiedUnderDrop(promise.path, maxDrop, promise.confidence);
  return {
    ...calibration,
    target: { kind: 'max-drop', drop: maxDrop },
    parameter: point?.parameter ?? null,
    rule: { ...rule, thresholds: certifiedThresholds(point, rule.thresholds.length) },
  };
}
