import { logGamma } from './log-gamma.js';

/** 18! is the last factorial that a double holds exactly. */
const EXACT_UP_TO = 18;

/**
 * Natural logarithm of n!. The logarithm of the exact product up to 18, `logGamma(n + 1)` above. Same quantity as R's
 * `lfactorial`.
 *
 * @throws RangeError when n is not a non-negative integer.
 * @example logFactorial(4) // 3.1780538303479 = ln 24
 */
export function logFactorial(n: number): number {
  if (!Number.isInteger(n) || n < 0) {
    throw new RangeError(`logFactorial needs a non-negative integer, got ${n}`);
  }
  if (n > EXACT_UP_TO) return logGamma(n + 1);
  let product = 1;
  for (let factor = 2; factor <= n; factor += 1) product *= factor;
  return Math.log(product);
}
