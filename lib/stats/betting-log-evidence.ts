import { checkDifference } from './check-difference.js';
import { checkPairedCounts } from './check-paired-counts.js';

/** Number of bets in the mixture; dense enough for the growth rate's peak in the bet at a million images. */
const BETS = 200;

/**
 * Natural logarithm of the wealth of a gambler who stakes on "the true drop is at most maxDrop", starting from 1: the
 * mean over fixed bets λ of Π(1 − λ(loss − maxDrop)), the losses being 1 (break), −1 (repair) and 0. Where the true drop
 * is maxDrop or more its expectation is at most 1, so it is an e-value (Waudby-Smith and Ramdas 2024, JRSS B 86:1-27,
 * "Estimating means of bounded random variables by betting").
 *
 * This is the order-free version: every λ of a uniform grid over (0, 1 / (1 − maxDrop)) is bet on throughout, so that
 * the product depends on the counts alone. Bets that adapt from image to image would need an order of the images.
 *
 * @param maxDrop largest acceptable drop as a fraction in (−1, 1).
 * @throws RangeError when the counts or the drop make no sense.
 * @example bettingLogEvidence(0, 1, 1, 0) // 0.4055 = ln 1.5, the mean of 1 + λ over λ in (0, 1)
 */
export function bettingLogEvidence(breaks: number, repairs: number, n: number, maxDrop: number): number {
  checkPairedCounts(breaks, repairs, n);
  checkDifference(maxDrop);
  const logWealths = Array.from({ length: BETS }, (_, index) => {
    const bet = (index + 0.5) / BETS / (1 - maxDrop);
    return (
      breaks * Math.log1p(-bet * (1 - maxDrop)) +
      repairs * Math.log1p(bet * (1 + maxDrop)) +
      (n - breaks - repairs) * Math.log1p(bet * maxDrop)
    );
  });
  // The largest is taken out so that no exponential overflows.
  const largest = Math.max(...logWealths);
  const sum = logWealths.reduce((total, logWealth) => total + Math.exp(logWealth - largest), 0);
  return largest + Math.log(sum / BETS);
}
