import { bisect } from './bisect.js';
import { checkConfidence } from './check-confidence.js';
import { checkPairedCounts } from './check-paired-counts.js';
import type { Interval } from './interval.js';
import { normalQuantile } from './normal-quantile.js';
import { tangoScore } from './tango-score.js';

/**
 * Tango's (1998, Statistics in Medicine 17:891-908) score interval for the paired difference P(break) − P(repair), as
 * fractions: all differences that the two-sided score test does not reject. The score falls with the difference, so
 * each end is found by bisection to the last bit. Same as R's `PropCIs::scoreci.mp(breaks, repairs, n, confidence)`.
 *
 * @param breaks images that the full network has right and the cascade wrong.
 * @param repairs images that the cascade has right and the full network wrong.
 * @param confidence coverage as a fraction, for example 0.95.
 * @throws RangeError when the counts or the confidence make no sense.
 * @example tangoInterval(9, 3, 32, 0.95) // { low: -0.027, high: 0.390 }
 */
export function tangoInterval(breaks: number, repairs: number, n: number, confidence: number): Interval {
  checkPairedCounts(breaks, repairs, n);
  checkConfidence(confidence);
  const z = normalQuantile(0.5 + confidence / 2);
  return {
    low: -upperEnd(repairs, breaks, n, z),
    high: upperEnd(breaks, repairs, n, z),
  };
}

/** The largest difference that lies at most z standard errors above the observed one. */
function upperEnd(breaks: number, repairs: number, n: number, z: number): number {
  if (breaks === n) return 1;
  const observed = (breaks - repairs) / n;
  return bisect((delta) => tangoScore(breaks, repairs, n, delta) >= -z, observed, 1);
}
