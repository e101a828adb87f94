import { tangoScore } from './tango-score.js';

/** Scores that differ by less are taken as ties, so that rounding never leaves an equally extreme outcome out. */
const TIE = 1e-9;

/**
 * The outcomes of paired data that speak at least as strongly for a difference below delta as the observed ones, by
 * Tango's score. Element m is the largest number of breaks among m discordant pairs that still belongs to the region, or
 * -1 where none does; with fewer breaks an outcome belongs all the more.
 *
 * The walk makes the region closed under "one break less" and "one repair more" by construction (Barnard's convexity):
 * the element grows by 0 or 1 a step. That is what lets the boundary of the hypothesis stand for all of it (Röhmel and
 * Mansmann 1999, Biometrical Journal 41:149-170; for matched pairs Sidik 2003, Statistics in Medicine 22:265-278).
 *
 * @returns n + 1 elements.
 * @throws RangeError when the counts or delta make no sense.
 * @example tangoRegion(0, 1, 3, 0) // [-1, 0, 0, 0] as Int32Array: at least one repair, no break
 */
export function tangoRegion(breaks: number, repairs: number, n: number, delta: number): Int32Array {
  const observed = tangoScore(breaks, repairs, n, delta);
  const limit = observed + TIE * (1 + Math.abs(observed));
  const mostBreaks = new Int32Array(n + 1);
  let most = -1;
  for (let discordant = 0; discordant <= n; discordant += 1) {
    const oneMore = most + 1;
    if (oneMore <= discordant && tangoScore(oneMore, discordant - oneMore, n, delta) <= limit) most = oneMore;
    mostBreaks[discordant] = most;
  }
  return mostBreaks;
}
