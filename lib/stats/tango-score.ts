import { checkPairedCounts } from './check-paired-counts.js';
import { constrainedRepairs } from './constrained-repairs.js';

/**
 * Tango's (1998) score statistic for the hypothesis P(break) − P(repair) = delta in paired data, asymptotically
 * standard normal: (breaks − repairs − n·delta) / √(n·(2q + delta·(1 − delta))), q the constrained estimate of
 * P(repair). At delta = 0 it is McNemar's signed z. Negative: the data show a smaller difference than delta.
 *
 * @param delta hypothesised difference as a fraction in [-1, 1].
 * @returns z; 0 for no discordant pair at delta = 0, ±Infinity where the hypothesis leaves no variance.
 * @throws RangeError when the counts or delta make no sense.
 * @example tangoScore(6, 2, 20, 0) // 1.4142 = (6 − 2) / √(6 + 2)
 */
export function tangoScore(breaks: number, repairs: number, n: number, delta: number): number {
  checkPairedCounts(breaks, repairs, n);
  if (!(delta >= -1 && delta <= 1)) throw new RangeError(`delta must lie between -1 and 1, got ${delta}`);
  // By symmetry; subtracting from 0 keeps a zero score free of a minus sign.
  return delta < 0 ? 0 - score(repairs, breaks, n, -delta) : score(breaks, repairs, n, delta);
}

function score(breaks: number, repairs: number, n: number, delta: number): number {
  const excess = breaks - repairs - n * delta;
  const variance = n * (2 * constrainedRepairs(breaks, repairs, n, delta) + delta * (1 - delta));
  return excess === 0 ? 0 : excess / Math.sqrt(variance);
}
