import type { ExitCosts } from '../exits/exit-table.js';
import type { ExitTables } from '../exits/exit-tables.js';
import { outputExits, type RecordedOutputs, scoredTables } from '../exits/recorded-outputs.js';
import type { ReplayTotals } from '../exits/replay.js';
import type { Scoring } from '../exits/scoring.js';
import { leavingCosts } from '../exits/thresholds.js';
import { largest } from '../stats/largest.js';
import { smallest } from '../stats/smallest.js';
import { type FrontExits, type FrontMethod, operatingFront } from './front.js';
import type { Policy } from './neighbours/neighbour.js';
import type { NeighbourName } from './neighbours/neighbour-names.js';
import { NEIGHBOURS } from './neighbours/neighbours.js';
import { policyPath, replayPolicies } from './neighbours/policy-path.js';
import { frontSets } from './paying-exits.js';
import { withTemperatures } from './temperature.js';

/** A way of leaving early that is compared with others. */
export type ComparedMethod = {
  /** The exits it has, by their positions. */
  readonly exits: readonly number[];
} & (
  | { readonly kind: 'thresholds'; readonly method: FrontMethod; readonly scoring: Scoring }
  /** A published method; of the scoring only `top` counts. */
  | { readonly kind: 'neighbour'; readonly method: NeighbourName; readonly scoring: Scoring }
  /** Every image leaves at the same exit, the best one for what is asked. */
  | { readonly kind: 'one-exit'; readonly scoring: Scoring }
  /** Images leave at exits drawn beforehand, at the best odds for what is asked: what any look at the image must beat. */
  | { readonly kind: 'random-exit'; readonly scoring: Scoring }
);

/** An operating point on the judging images, both fractions of the full network's. */
export interface JudgedPoint {
  readonly drop: number;
  readonly saved: number;
}

/** Figures of one method on one halving: fractions. */
export interface Comparison {
  /** Cost saved at the cheapest point that really drops no more than each of the given drops. */
  readonly savedAtDrop: readonly number[];
  /** The least real drop among the points within each of the given budgets; null where none is. */
  readonly dropAtBudget: readonly (number | null)[];
}

/** The operating points of a method, before they are judged. */
export interface MadePoints {
  readonly method: ComparedMethod;
  /** Its points besides the full network; empty for methods that have every single exit for a point. */
  readonly policies: readonly Policy[];
}

/** Makes a method's operating points, cheap in the currency of the outputs' costs. @param exits as `operatingFront` takes them. */
export function makePoints(
  method: ComparedMethod,
  making: RecordedOutputs,
  exits: FrontExits = 'all',
): MadePoints {
  const own = outputExits(making, method.exits);
  if (method.kind === 'neighbour')
    return { method, policies: policyPath(NEIGHBOURS[method.method], own, method.scoring.top) };
  if (method.kind !== 'thresholds') return { method, policies: [] };
  const scoring = withTemperatures(method.scoring, own);
  const sets = frontSets(own, scoring, exits);
  const front = operatingFront(scoredTables(own, scoring), method.method, scoring.criterion, sets);
  const scorer = (outputs: RecordedOutputs): ExitTables => scoredTables(outputs, scoring);
  return {
    method,
    policies: front.map(({ thresholds, parameter = 0 }) => ({ thresholds, parameter, scorer })),
  };
}

/**
 * Judges a method: its operating points are made from one half of the images and judged by what they really do on the other, in the
 * currency of that half's costs. No choice among the points is part of it, so that the points themselves are compared.
 *
 * @param drops fractions. @param budgets shares of the full network's cost.
 */
export function judge(
  { method, policies }: MadePoints,
  judging: RecordedOutputs,
  drops: readonly number[],
  budgets: readonly number[],
): Comparison {
  const others =
    method.kind === 'one-exit' || method.kind === 'random-exit'
      ? singleExits(scoredTables(outputExits(judging, method.exits), method.scoring))
      : judgePolicies(policies, judging, method.exits);
  const points = [{ drop: 0, saved: 0 }, ...others];
  const mixed = method.kind === 'random-exit';
  return {
    savedAtDrop: drops.map((drop) => (mixed ? mixedSaving(points, drop) : bestSaving(points, drop))),
    dropAtBudget: budgets.map((budget) =>
      mixed ? mixedDrop(points, 1 - budget) : leastDrop(points, 1 - budget),
    ),
  };
}

/** What policies do on the judging images, of one method. @param exits of the method, by their positions. */
export function judgePolicies(
  policies: readonly Policy[],
  judging: RecordedOutputs,
  exits: readonly number[],
): readonly JudgedPoint[] {
  const own = outputExits(judging, exits);
  return replayPolicies(policies, own).map((totals) => judged(own.costs, totals));
}

function judged(
  { full }: Pick<ExitCosts, 'full'>,
  { images, breaks, repairs, cost }: Pick<ReplayTotals, 'images' | 'breaks' | 'repairs' | 'cost'>,
): JudgedPoint {
  return { drop: (breaks - repairs) / images, saved: 1 - cost / images / full };
}

/** What one exit does if every image leaves there, only its own head run. */
export function judgeExit(outputs: RecordedOutputs, exit: number, scoring: Scoring): JudgedPoint {
  const [point] = singleExits(scoredTables(outputExits(outputs, [exit]), scoring));
  return point!;
}

function singleExits(tables: ExitTables): JudgedPoint[] {
  return Array.from({ length: tables.exits }, (_, exit) => {
    const alone = Array.from({ length: tables.exits }, (_, other) => other === exit);
    const { exits, fullCorrect } = tables.table(alone);
    const lost = fullCorrect.reduce((sum, full, image) => sum + full - exits[exit]!.correct[image]!, 0);
    const cost = leavingCosts(tables.costs, alone)[exit]! * tables.images;
    return judged(tables.costs, { images: tables.images, breaks: lost, repairs: 0, cost });
  });
}

/** Rounding of differences of fractions. */
const ROUNDING = 1e-12;

function bestSaving(points: readonly JudgedPoint[], drop: number): number {
  return largest(points.filter((point) => point.drop <= drop + ROUNDING).map(({ saved }) => saved));
}

function leastDrop(points: readonly JudgedPoint[], saved: number): number | null {
  const within = points.filter((point) => point.saved >= saved - ROUNDING);
  return within.length === 0 ? null : smallest(within.map(({ drop }) => drop));
}

/** The most that a lottery between two of the points saves at an expected drop. */
function mixedSaving(points: readonly JudgedPoint[], drop: number): number {
  return Math.max(
    ...points.flatMap((a) =>
      points.map((b) => {
        if (a.drop > drop) return Number.NEGATIVE_INFINITY;
        if (b.drop <= drop) return Math.max(a.saved, b.saved);
        const odds = (drop - a.drop) / (b.drop - a.drop);
        return a.saved + odds * (b.saved - a.saved);
      }),
    ),
  );
}

/** The least expected drop of a lottery between two of the points that saves as much as asked; null if none does. */
function mixedDrop(points: readonly JudgedPoint[], saved: number): number | null {
  const mirrored = points.map((point) => ({ drop: -point.saved, saved: -point.drop }));
  const best = mixedSaving(mirrored, -saved);
  return best === Number.NEGATIVE_INFINITY ? null : -best;
}
