import { binomialCdf } from './binomial-cdf.js';

/**
 * Hoeffding-Bentkus p-value for "the expected loss is above the bound" from n independent losses in [0, 1]: the smaller
 * of Hoeffding's exp(−n·KL(mean, bound)) and Bentkus's e·P(Bin(n, bound) <= ⌈n·mean⌉) (Bates, Angelopoulos, Lei, Malik
 * and Jordan 2021, JACM 68(6); Angelopoulos, Bates, Candès, Jordan and Lei, "Learn then Test", arXiv 2110.01052).
 *
 * The paired loss is −1, 0 or 1 and must be moved into [0, 1] first: mean (1 + (breaks − repairs) / n) / 2, bound
 * (1 + maxDrop) / 2. That throws away the rarity of discordant pairs, which is why `pairedDropTest` exists.
 *
 * @param meanLoss observed mean loss, a fraction.
 * @param bound expected loss that is still acceptable, strictly between 0 and 1.
 * @returns p-value in [0, 1].
 * @throws RangeError when an argument is out of range.
 * @example hoeffdingBentkus(0.08, 1000, 0.1) // 0.0479
 */
export function hoeffdingBentkus(meanLoss: number, n: number, bound: number): number {
  if (!(meanLoss >= 0 && meanLoss <= 1))
    throw new RangeError(`the mean loss must lie in [0, 1], got ${meanLoss}`);
  if (!(bound > 0 && bound < 1)) throw new RangeError(`the bound must lie between 0 and 1, got ${bound}`);
  if (!(Number.isInteger(n) && n >= 1)) throw new RangeError(`n must be a positive integer, got ${n}`);
  const hoeffding = Math.exp(-n * divergence(Math.min(meanLoss, bound), bound));
  const bentkus = Math.E * binomialCdf(Math.ceil(n * meanLoss), n, bound);
  return Math.min(1, hoeffding, bentkus);
}

/** Kullback-Leibler divergence of Bernoulli(a) from Bernoulli(b), in nats; 0·ln 0 is 0. */
function divergence(a: number, b: number): number {
  const successes = a === 0 ? 0 : a * Math.log(a / b);
  const failures = a === 1 ? 0 : (1 - a) * Math.log((1 - a) / (1 - b));
  return successes + failures;
}
