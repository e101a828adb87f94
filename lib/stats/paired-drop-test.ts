import { checkDifference } from './check-difference.js';
import { checkPairedCounts } from './check-paired-counts.js';
import { clopperPearson } from './clopper-pearson.js';
import { regionSupremum } from './region-supremum.js';
import { tangoRegion } from './tango-region.js';

/** Berger and Boos's γ in use for paired tables (Fagerland, Lydersen and Laake 2014, Statistics in Medicine 33:2850). */
const USUAL_GAMMA = 1e-4;

/**
 * Exact unconditional test of "the true drop is above maxDrop" for paired data, where the true drop is P(break) −
 * P(repair): the p-value is the supremum, over the unknown P(repair) at a difference of exactly maxDrop, of the
 * trinomial probability of an outcome whose Tango score is at most the observed one (Hsueh, Liu and Chen 2001,
 * Biometrics 57:478-483; Sidik 2003, Statistics in Medicine 22:265-278). A p-value of at most 0.05 certifies "drop <=
 * maxDrop" at 95 % confidence, for any sample size: the returned value is never below the exact one.
 *
 * The supremum runs over the exact 1 − gamma confidence interval of P(repair), and gamma is added to it (Berger and
 * Boos 1994, JASA 89:1012-1016): valid like the full range, without letting values decide that the data rule out.
 * P(repair) is the nuisance parameter, since a drop beyond maxDrop only means more breaks at the same P(repair), which
 * makes the region less probable; so the boundary stands for the whole hypothesis inside the interval too.
 *
 * @param breaks images that the full network has right and the cascade wrong.
 * @param repairs images that the cascade has right and the full network wrong.
 * @param maxDrop largest acceptable drop as a fraction, for example 0.01 for one percentage point.
 * @param gamma share of the error spent on the interval of P(repair); 0 takes the supremum over its full range.
 * @returns p-value, in [gamma, 1].
 * @throws RangeError when the counts, the drop or gamma make no sense.
 * @example pairedDropTest(26, 13, 2500, 0.01) // 0.037: a drop of 0.52 % certifies <= 1 %
 */
export function pairedDropTest(
  breaks: number,
  repairs: number,
  n: number,
  maxDrop: number,
  gamma: number = USUAL_GAMMA,
): number {
  checkPairedCounts(breaks, repairs, n);
  checkDifference(maxDrop);
  if (!(gamma >= 0 && gamma < 1)) throw new RangeError(`gamma must be at least 0 and below 1, got ${gamma}`);
  const least = Math.max(0, -maxDrop);
  const largest = (1 - maxDrop) / 2;
  const plausible = gamma === 0 ? { low: least, high: largest } : clopperPearson(repairs, n, 1 - gamma);
  const from = Math.min(largest, Math.max(least, plausible.low));
  const to = Math.min(largest, Math.max(least, plausible.high));
  return Math.min(1, gamma + regionSupremum(tangoRegion(breaks, repairs, n, maxDrop), maxDrop, from, to));
}
