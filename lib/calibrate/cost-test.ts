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
  })).filter((_, exit) => enabled[exit] ?? true);
  const range = rangeOf(places);
  const bySum: CostTest = (sample, level) =>
    hoeffdingBentkus(scaledTo(range, cost / images), images, sample.budget) <= 1 - level;
  return isMeanWithin(places, budget, confidence, counts === undefined ? bySum : test);
}

/** A place where an image can leave: what it costs there, and how many left. */
export interface Place {
  readonly cost: number;
  readonly count: number;
}

/** The same of any places. @param budget for one image, in the currency of their costs. */
export function isMeanWithin(
  places: readonly Place[],
  budget: number,
  confidence: number,
  test: CostTest,
): boolean {
  const range = rangeOf(places);
  if (budget >= range.dearest) return true;
  if (budget <= range.cheapest) return false;
  const fromCheapest = [...places].sort((a, b) => a.cost - b.cost);
  const sample = {
    values: fromCheapest.map(({ cost }) => scaledTo(range, cost)),
    counts: fromCheapest.map(({ count }) => count),
    budget: scaledTo(range, budget),
  };
  return test(sample, confidence);
}

interface CostRange {
  readonly cheapest: number;
  readonly dearest: number;
}

function rangeOf(places: readonly Place[]): CostRange {
  const costs = places.map(({ cost }) => cost);
  return { cheapest: Math.min(...costs), dearest: Math.max(...costs) };
}

function scaledTo({ cheapest, dearest }: CostRange, cost: number): number {
  return (cost - cheapest) / (dearest - cheapest);
}
