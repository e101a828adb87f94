import { checkConfidence } from './check-confidence.js';
import { checkSuccesses } from './check-successes.js';
import type { Interval } from './interval.js';
import { normalQuantile } from './normal-quantile.js';

/**
 * Wilson's (1927) two-sided score interval for one proportion, as fractions, without continuity correction. Same as R's
 * `prop.test(successes, n, correct = FALSE)$conf.int`.
 *
 * @param confidence coverage as a fraction, for example 0.95.
 * @throws RangeError when the counts or the confidence make no sense.
 * @example wilsonInterval(81, 263, 0.95) // { low: 0.2553, high: 0.3662 }
 */
export function wilsonInterval(successes: number, n: number, confidence: number): Interval {
  checkSuccesses(successes, n);
  checkConfidence(confidence);
  const z = normalQuantile(0.5 + confidence / 2);
  const failures = n - successes;
  const centre = (successes + (z * z) / 2) / (n + z * z);
  const half = (z / (n + z * z)) * Math.sqrt((successes * failures) / n + (z * z) / 4);
  // In exact arithmetic these ends are 0 and 1; rounding would leave them a little off.
  return { low: successes === 0 ? 0 : centre - half, high: failures === 0 ? 1 : centre + half };
}
