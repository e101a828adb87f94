import { binomialCdf } from './binomial-cdf.js';

/** Bernstein exponent: the discordant counts left out of the sum have together at most 2·exp(-24) < 1e-10 probability. */
const EXPONENT = 24;
/** What the returned probability may be off by: the counts left out, and rounding, for n up to 200,000. */
export const REGION_PROBABILITY_ERROR = 1e-8;

/**
 * Probability that trinomial paired data fall in a region given, like that of `tangoRegion`, by the largest number of
 * breaks at each discordant count (growing by 0 or 1 a step). The discordant count is Bin(n, p), p the sum of the two
 * probabilities; given m of them, the breaks are Bin(m, ρ), ρ their share of p. The distribution function of the latter
 * at the region's edge is carried from m to m + 1 by one term: O(√n) steps in all. Off by at most
 * `REGION_PROBABILITY_ERROR`.
 *
 * @param mostBreaks n + 1 elements, -1 where the region is empty.
 * @param logFactorials ln 0!, ln 1!, … ln n!.
 */
export function regionProbability(
  mostBreaks: Int32Array,
  logFactorials: Float64Array,
  breakProbability: number,
  repairProbability: number,
): number {
  const n = mostBreaks.length - 1;
  const discordance = Math.min(1, breakProbability + repairProbability);
  if (discordance === 0) return mostBreaks[0]! >= 0 ? 1 : 0;
  const share = breakProbability / (breakProbability + repairProbability);
  const otherShare = repairProbability / (breakProbability + repairProbability);
  const logShare = logOrVeryLow(share);
  const logOtherShare = logOrVeryLow(otherShare);
  /** P(Bin(m, ρ) = k) */
  const probabilityOf = (k: number, m: number): number =>
    k < 0 || k > m
      ? 0
      : Math.exp(
          logFactorials[m]! -
            logFactorials[k]! -
            logFactorials[m - k]! +
            k * logShare +
            (m - k) * logOtherShare,
        );

  const { first, last } = plausibleCounts(n, discordance);
  let weight = Math.exp(
    logFactorials[n]! -
      logFactorials[first]! -
      logFactorials[n - first]! +
      first * logOrVeryLow(discordance) +
      (n - first) * logOrVeryLow(1 - discordance),
  );
  let most = mostBreaks[first]!;
  let inside = binomialCdf(most, first, share);
  let total = weight * inside;
  for (let m = first; m < last; m += 1) {
    weight *= ((n - m) / (m + 1)) * (discordance / (1 - discordance));
    if (mostBreaks[m + 1] === most) {
      inside -= share * probabilityOf(most, m);
    } else {
      most += 1;
      inside += otherShare * probabilityOf(most, m);
    }
    total += weight * inside;
  }
  return total;
}

/** The discordant counts outside which Bin(n, p) has, by Bernstein's inequality, a negligible probability. */
function plausibleCounts(n: number, p: number): { first: number; last: number } {
  if (p === 1) return { first: n, last: n };
  const reach = EXPONENT / 3 + Math.sqrt((EXPONENT / 3) ** 2 + 2 * EXPONENT * n * p * (1 - p));
  return { first: Math.max(0, Math.floor(n * p - reach)), last: Math.min(n, Math.ceil(n * p + reach)) };
}

/** Keeps 0·ln 0 at 0, and a positive multiple of ln 0 low enough for its exponential to vanish. */
function logOrVeryLow(x: number): number {
  return Math.log(Math.max(x, Number.MIN_VALUE));
}
