import { checkConfidence } from './check-confidence.js';

/**
 * Maurer and Pontil's (2009, COLT, theorem 4) empirical Bernstein bound: the largest mean that values in [0, 1] leave plausible.
 *
 * @param mean of the values.
 * @param variance of the values, with n − 1.
 * @param n how many values, at least two.
 * @param confidence a fraction, e.g. 0.95.
 * @throws RangeError when n or the confidence makes no sense.
 * @example empiricalBernsteinBound(0.4, 0.125, 4000, 0.95) // 0.4173
 */
export function empiricalBernsteinBound(
  mean: number,
  variance: number,
  n: number,
  confidence: number,
): number {
  checkConfidence(confidence);
  if (!(Number.isInteger(n) && n >= 2)) throw new RangeError(`n must be at least 2, got ${n}`);
  const log = Math.log(2 / (1 - confidence));
  return mean + Math.sqrt((2 * variance * log) / n) + (7 * log) / (3 * (n - 1));
}
