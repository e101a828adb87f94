import type { ExitCosts } from '../exits/exit-table.js';
import { enabledExits, leavingCosts, type Thresholds } from '../exits/thresholds.js';
import { fixedBetPValue } from '../stats/fixed-bet-test.js';
import { hoeffdingBentkus } from '../stats/hoeffding-bentkus.js';
import { knownValuesBound } from '../stats/known-values-bound.js';

/** What a candidate spent on the images that tested it. */
export interface Spending {
  readonly thresholds: Thresholds;
  /** On all images together. */
  readonly cost: number;
  /** Images that left at each exit, the full network last; not known of one that was read from a file. */
  readonly counts?: readonly number[];
}

/** What images cost by where they leave, moved and stretched to [0, 1], and the budget with it. */
export interface CostSample {
  /** Ascending, from 0 to 1. */
  readonly values: readonly number[];
  /** Images of each. */
  readonly counts: readonly number[];
  /** Strictly between 0 and 1. */
  readonly budget: number;
}

/** Whether a sample certifies that the true mean is within the budget. @param confidence a fraction. */
export type CostTest = (sample: CostSample, confidence: number) => boolean;

/** Up to so many places where an image can leave, the bound from each of their probabilities is the tighter one (`results/certificate`). */
const FEW_VALUES = 3;

/**
 * The tightest test that is valid at every number of images: by how few values can occur where they are few, and else by betting, which profits from
 * costs that vary less than they could. How many there are is known before any image is looked at.
 */
export const exactCostTest: CostTest = (sample, confidence) =>
  sample.values.length <= FEW_VALUES ? byValues(sample, confidence) : byBetting(sample, confidence);

/** By the probability of each value. */
export const byValues: CostTest = ({ values, counts, budget }, confidence) =>
  knownValuesBound(counts, values, confidence) <= budget;

/** By betting. */
export const byBetting: CostTest = ({ values, counts, budget }, confidence) =>
  fixedBetPValue(counts, values, budget, 1 - confidence) <= 1 - confidence;

/**
 * The test of a mean cost of at most a budget: certain where no image can cost more, never passed where none costs as little. Of a candidate
 * of which only the sum of its costs is known it is Hoeffding-Bentkus over the range of costs that can occur.
 *
 * @param images that tested the candidate.
 * @param budget for one image, in the currency of the costs.
 */
export function isWithinBudget(
  { thresholds, cost, counts }: Spending,
  images: number,
  budget: number,
  costs: ExitCosts,
  confidence: number,
  test: CostTest,
): boolean {
  const enabled = enabledExits(thresholds);
  const places = Array.from(leavingCosts(costs, enabled), (each, exit) => ({
    cost: each,
    count: counts?.[exit] ?? 0,
  }))
    .filter((_, exit) => enabled[exit] ?? true)
    .sort((a, b) => a.cost - b.cost);
  const cheapest = places[0]!.cost;
  const dearest = places.at(-1)!.cost;
  if (budget >= dearest) return true;
  if (budget <= cheapest) return false;
  const scaled = (each: number): number => (each - cheapest) / (dearest - cheapest);
  if (counts === undefined)
    return hoeffdingBentkus(scaled(cost / images), images, scaled(budget)) <= 1 - confidence;
  const sample = {
    values: places.map((place) => scaled(place.cost)),
    counts: places.map(({ count }) => count),
    budget: scaled(budget),
  };
  return test(sample, confidence);
}
