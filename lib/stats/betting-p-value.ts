import { bettingLogEvidence } from './betting-log-evidence.js';

/**
 * P-value of "the true drop is above maxDrop" by betting: 1 over the e-value of `bettingLogEvidence`, at most 1 (Ville's
 * or Markov's inequality; Waudby-Smith and Ramdas 2024, JRSS B 86:1-27). Depends on the counts alone, not on the order
 * of the images. Valid at every n, but wider than the exact `pairedDropTest`.
 *
 * @param breaks images that the full network has right and the cascade wrong.
 * @param repairs images that the cascade has right and the full network wrong.
 * @param maxDrop largest acceptable drop as a fraction in (−1, 1).
 * @throws RangeError when the counts or the drop make no sense.
 * @example bettingPValue(0, 1, 1, 0) // 0.6667
 */
export function bettingPValue(breaks: number, repairs: number, n: number, maxDrop: number): number {
  return Math.min(1, Math.exp(-bettingLogEvidence(breaks, repairs, n, maxDrop)));
}
