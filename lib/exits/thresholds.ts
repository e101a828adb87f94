import type { CriterionName } from './criteria.js';
import type { ExitCosts } from './exit-table.js';

/**
 * For each exit the least confidence that leaves there, or null where the exit is disabled: its head is then not run at all.
 * (A threshold of 1 would not do, since a saturated softmax is exactly 1.)
 */
export type Thresholds = readonly (number | null)[];

/**
 * What an image costs by where it leaves: one number an exit, the last for the full network. Every enabled head on the way is billed, and
 * of every network before, what is run for its last enabled exit.
 */
export function leavingCosts(costs: ExitCosts, enabled: readonly boolean[]): Float64Array {
  const exits = costs.heads.length;
  const leaving = new Float64Array(exits + 1);
  let before = 0;
  let inMember = 0;
  let heads = 0;
  for (let exit = 0; exit <= exits; exit++) {
    if (exit > 0 && costs.members?.[exit] !== costs.members?.[exit - 1]) {
      before += inMember;
      inMember = 0;
    }
    const upTo = costs.backbone[exit] ?? costs.full;
    if (enabled[exit]) {
      heads += costs.heads[exit]!;
      inMember = upTo;
    }
    leaving[exit] = before + upTo + heads;
  }
  return leaving;
}

/** The numbers of the enabled exits, in order. */
export function exitNumbers(enabled: readonly boolean[]): readonly number[] {
  return enabled.flatMap((isRun, exit) => (isRun ? [exit] : []));
}

/** What images cost together. @param counts of images that leave at each exit, the full network last. */
export function costOf(counts: readonly number[], costs: ExitCosts, enabled: readonly boolean[]): number {
  const leaving = leavingCosts(costs, enabled);
  return counts.reduce((sum, count, exit) => sum + count * leaving[exit]!, 0);
}

/** Which exits are run. */
export function enabledExits(thresholds: Thresholds): boolean[] {
  return thresholds.map((threshold) => threshold !== null);
}

/** How far a logit may differ where the network is cut elsewhere or another runtime adds in another order. */
const LOGIT_ROUNDING = 1e-5;

/** The same for a confidence that has no upper end, relative to it. */
const RELATIVE_ROUNDING = 1e-6;

/**
 * A threshold for a network that is run again, not replayed from its records. It is the confidence that one of the calibration
 * images was recorded with, and the same image's may differ in the last of float32's seven digits: without this, the very image that
 * a threshold was taken from could stay inside. A share such as the softmax's, `p`, changes with a logit by at most `p (1 − p)`, so
 * that near 1, where images lie close, little is tolerated.
 */
export function toleratingRounding(threshold: number, criterion: CriterionName): number {
  if (criterion === 'energy' || criterion === 'patience')
    return threshold - RELATIVE_ROUNDING * Math.max(1, Math.abs(threshold));
  return threshold - Math.max(LOGIT_ROUNDING * (1 - threshold), Number.EPSILON);
}
