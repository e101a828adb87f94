import { logGamma } from './log-gamma.js';

/** Convergence needs about √max(a, b) terms; this allows for parameters beyond 10^9. */
const MOST_TERMS = 100_000;
/** Stands for zero in Lentz's algorithm, where a denominator may vanish. */
const TINY = 1e-300;

/**
 * Regularised incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable is at most x. Continued
 * fraction DLMF 8.17.22 by the modified Lentz algorithm, on the side of the mean where it converges fast. Same quantity
 * as R's `pbeta(x, a, b)`. Also the binomial distribution: P(Bin(n, p) <= k) = I_(1-p)(n - k, k + 1).
 *
 * @throws RangeError when x is outside [0, 1] or a or b is not positive.
 * @example incompleteBeta(0.5, 2, 3) // 0.6875
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) throw new RangeError(`incompleteBeta needs x between 0 and 1, got ${x}`);
  if (!(a > 0 && b > 0)) throw new RangeError(`incompleteBeta needs positive parameters, got ${a} and ${b}`);
  if (x === 0 || x === 1) return x;
  const logFront = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  const front = Math.exp(logFront);
  return x < (a + 1) / (a + b + 2)
    ? (front / a) * continuedFraction(x, a, b)
    : 1 - (front / b) * continuedFraction(1 - x, b, a);
}

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < Number.EPSILON) return fraction;
  }
  throw new RangeError(`incompleteBeta does not converge for parameters ${a} and ${b}`);
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
