import { certifiedThresholds, certifiedUnderDrop } from '../calibrate/certified-path.js';
import { usageError } from '../errors.js';
import { percent } from '../stats/percent.js';
import { type Calibration, currencyOf } from './calibration.js';
import type { WrittenCosts } from './exit-costs.js';
import { NO_GAIN_WITHOUT_LABELS, noGain } from './no-gain.js';
import { costsIn, pricesOf } from './timings/prices.js';

/**
 * A calibration turned to another largest drop without calibrating again: the same tested path, tested in the same order for the
 * new drop. The promise holds for each drop by itself, as long as it is not picked by what comes of it on the calibration images.
 * Where nothing can be certified, the full network.
 *
 * @param maxDrop a fraction; below 0 a gain.
 * @param manifest of the cascade, with its costs.
 * @throws CascadeError if the calibration was an empirical one, or a gain is asked for and cannot be promised.
 */
export function atDrop(
  calibration: Calibration,
  maxDrop: number,
  folder: string,
  manifest: WrittenCosts,
): Calibration {
  const { promise, rule, timing = null } = calibration;
  if (promise === null) {
    throw usageError(
      `The thresholds of ${folder} were chosen without a promise, and other drops need their own; run \`cascade calibrate ${folder} --max-drop ${percent(maxDrop)}%\`.`,
    );
  }
  if (promise.path.labelFree && maxDrop < 0) throw usageError(NO_GAIN_WITHOUT_LABELS);
  const costs = costsIn(currencyOf(calibration), pricesOf(manifest, timing));
  const point = certifiedUnderDrop(promise.path, maxDrop, promise.confidence, costs);
  if (point === undefined && maxDrop < 0) throw noGain(maxDrop, 'certified ');
  return {
    ...calibration,
    target: { kind: 'max-drop', drop: maxDrop },
    parameter: point?.parameter ?? null,
    rule: { ...rule, thresholds: certifiedThresholds(point, rule.thresholds.length) },
  };
}
