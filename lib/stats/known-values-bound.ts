import { betaQuantile } from './beta-quantile.js';
import { checkConfidence } from './check-confidence.js';

/**
 * An upper confidence bound of the mean of values of which all are known that can occur: the mean is the least value, and for each step to the
 * next one its height times the probability to be beyond it. Each of these probabilities has its exact bound (Clopper & Pearson 1934), of which
 * all hold together (Bonferroni). With two values it is the exact binomial bound.
 *
 * @param counts of each value.
 * @param values ascending.
 * @param confidence a fraction, e.g. 0.95.
 * @throws RangeError when there are no observations, or the confidence makes no sense.
 * @example knownValuesBound([60, 30, 10], [0, 1, 4], 0.95) // 1.0315
 */
export function knownValuesBound(
  counts: readonly number[],
  values: readonly number[],
  confidence: number,
): number {
  checkConfidence(confidence);
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) throw new RangeError('knownValuesBound needs at least one observation');
  const error = (1 - confidence) / (values.length - 1);
  let beyond = n;
  let bound = values[0]!;
  for (let step = 1; step < values.length; step++) {
    beyond -= counts[step - 1]!;
    const most = beyond === n ? 1 : betaQuantile(1 - error, beyond + 1, n - beyond);
    bound += (values[step]! - values[step - 1]!) * most;
  }
  return bound;
}
