import { betaQuantile } from './beta-quantile.js';
import { checkConfidence } from './check-confidence.js';
import { checkSuccesses } from './check-successes.js';
import type { Interval } from './interval.js';

/**
 * Clopper and Pearson's (1934) exact two-sided interval for one proportion, as fractions: never covers less often than
 * asked. Same as R's `binom.test(successes, n)$conf.int`.
 *
 * @param confidence coverage as a fraction, for example 0.95.
 * @throws RangeError when the counts or the confidence make no sense.
 * @example clopperPearson(0, 20, 0.95) // { low: 0, high: 0.1684 }
 */
export function clopperPearson(successes: number, n: number, confidence: number): Interval {
  checkSuccesses(successes, n);
  checkConfidence(confidence);
  const outside = (1 - confidence) / 2;
  const failures = n - successes;
  return {
    low: successes === 0 ? 0 : betaQuantile(outside, successes, failures + 1),
    high: failures === 0 ? 1 : betaQuantile(1 - outside, successes + 1, failures),
  };
}
