import type { ExitTables } from '../exits/exit-tables.js';
import { type Outcome, replayOn } from '../exits/replay.js';
import type { Thresholds } from '../exits/thresholds.js';
import { isBetter, isNewBest, type Limits, meets, type Totals } from './target.js';

/** Thresholds with what they do on the images they were chosen from. */
export interface OperatingPoint {
  readonly thresholds: Thresholds;
  /** The path's parameter where the point lies on a path, e.g. the paper's ε. */
  readonly parameter?: number;
  readonly outcome: Outcome;
}

export function totalsOf({ breaks, repairs, cost }: Outcome): Totals {
  return { lost: breaks - repairs, cost };
}

/** The cascade that never leaves early and runs no head: always there, never a drop. */
export function fullNetwork(tables: ExitTables): OperatingPoint {
  return pointOf(tables, new Array<null>(tables.exits).fill(null));
}

export function pointOf(tables: ExitTables, thresholds: Thresholds, parameter?: number): OperatingPoint {
  const outcome = replayOn(tables, thresholds);
  return parameter === undefined ? { thresholds, outcome } : { thresholds, parameter, outcome };
}

export function meetsLimits({ outcome }: OperatingPoint, limits: Limits): boolean {
  return meets(totalsOf(outcome), limits);
}

/** The best so far, or another point where that takes its place. */
export function betterPoint(best: OperatingPoint, other: OperatingPoint, limits: Limits): OperatingPoint {
  return isNewBest(totalsOf(other.outcome), totalsOf(best.outcome), limits) ? other : best;
}

/** The best of some thresholds that meets the limits; the full network where there are none or where it is better still. */
export function bestOrFullNetwork(
  tables: ExitTables,
  candidates: readonly Thresholds[],
  limits: Limits,
): OperatingPoint {
  return candidates
    .map((thresholds) => pointOf(tables, thresholds))
    .reduce((best, point) => betterPoint(best, point, limits), fullNetwork(tables));
}

/**
 * Disables, one after another, the exits that cost more than they save: those without which the point serves the target
 * better and still meets it. Never changes a threshold.
 */
export function withoutIdleExits(tables: ExitTables, point: OperatingPoint, limits: Limits): OperatingPoint {
  let best = point;
  for (;;) {
    const shorter = best.thresholds.flatMap((threshold, exit) =>
      threshold === null ? [] : [pointOf(tables, best.thresholds.with(exit, null), best.parameter)],
    );
    const improved = shorter
      .filter((candidate) => meetsLimits(candidate, limits))
      .reduce((a, b) => (isBetter(totalsOf(b.outcome), totalsOf(a.outcome), limits) ? b : a), best);
    if (improved === best) return best;
    best = improved;
  }
}
