import { binomialCdf } from './binomial-cdf.js';
import type { Interval } from './interval.js';
import { quantile } from './quantile.js';

/**
 * The median of values and the interval between two of them that holds the median of their source, whatever its distribution: exact
 * by the binomial one (Conover, Practical Nonparametric Statistics, 3rd edition, section 3.2; R's
 * `DescTools::MedianCI(method = "exact")`). Of fewer than six values at 95 % all of them.
 *
 * @param confidence a fraction, e.g. 0.95.
 * @throws RangeError if there are no values.
 * @example medianInterval([3, 1, 2, 6, 5, 4, 8, 7, 9], 0.95) // { median: 5, low: 2, high: 8 }
 */
export function medianInterval(
  values: readonly number[],
  confidence: number,
): Interval & { readonly median: number } {
  const median = quantile(values, 0.5);
  const sorted = [...values].sort((a, b) => a - b);
  let rank = 0;
  while (rank + 1 < sorted.length / 2 && binomialCdf(rank, sorted.length, 0.5) <= (1 - confidence) / 2)
    rank++;
  const outermost = Math.max(0, rank - 1);
  return { median, low: sorted[outermost]!, high: sorted[sorted.length - 1 - outermost]! };
}
