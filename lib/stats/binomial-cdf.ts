import { incompleteBeta } from './incomplete-beta.js';

/**
 * P(Bin(n, p) <= successes), by the incomplete beta function. Same quantity as R's `pbinom(successes, n, p)`.
 *
 * @throws RangeError when p is outside [0, 1].
 * @example binomialCdf(2, 5, 0.5) // 0.5
 */
export function binomialCdf(successes: number, n: number, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`binomialCdf needs a probability between 0 and 1, got ${p}`);
  if (successes < 0) return 0;
  if (successes >= n) return 1;
  const most = Math.floor(successes);
  return incompleteBeta(1 - p, n - most, most + 1);
}
