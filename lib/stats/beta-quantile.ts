import { bisect } from './bisect.js';
import { incompleteBeta } from './incomplete-beta.js';

/**
 * The x below which a Beta(a, b) variable falls with the given probability: the inverse of `incompleteBeta` in x, by
 * bisection to the last bit. Same quantity as R's `qbeta`.
 *
 * @throws RangeError when the probability is outside [0, 1] or a or b is not positive.
 * @example betaQuantile(0.5, 2, 2) // 0.5
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`betaQuantile needs a probability between 0 and 1, got ${probability}`);
  }
  if (probability === 0 || probability === 1) return probability;
  return bisect((x) => incompleteBeta(x, a, b) <= probability, 0, 1);
}
