import { leavingCosts } from '../../exits/thresholds.js';
import { bisect } from '../../stats/bisect.js';
import { knownCorrectness, softmaxColumns, tablesOf } from './exit-columns.js';
import type { Neighbour, Policy, Scorer } from './neighbour.js';
import { replayPolicies } from './policy-path.js';
import { shareThresholds } from './share-thresholds.js';

/** Weights of a head's error against closeness to equal shares, to choose from for every budget. */
const ERROR_WEIGHTS = [1, 4, 16, 64];
const BUDGETS = 60;
/** Enough to put all images at the cheapest or the dearest exit. */
const MOST_PULL = 1000;

/**
 * Shares that hold a budget: exponential weights of each head's error, tilted by its cost until the mean cost is the budget. They are the
 * nearest to equal shares, by Kullback-Leibler divergence, among those with as low an error at as low a cost.
 *
 * @param errors of each exit and of the full network, as fractions.
 * @param costs of leaving there, in any unit.
 * @param budget between the least and the largest of the costs.
 * @param errorWeight how much errors count.
 * @returns a share an exit and one for the full network.
 */
export function exponentialShares(
  errors: readonly number[],
  costs: readonly number[],
  budget: number,
  errorWeight: number,
): readonly number[] {
  const dearest = Math.max(...costs);
  const shares = (pull: number): readonly number[] => {
    const logs = errors.map((error, exit) => -errorWeight * error - (pull * costs[exit]!) / dearest);
    const highest = Math.max(...logs);
    const terms = logs.map((log) => Math.exp(log - highest));
    const sum = terms.reduce((total, term) => total + term, 0);
    return terms.map((term) => term / sum);
  };
  const meanCost = (pull: number): number =>
    shares(pull).reduce((sum, share, exit) => sum + share * costs[exit]!, 0);
  return shares(bisect((pull) => meanCost(pull) >= budget, -MOST_PULL, MOST_PULL));
}

/** EERO's budgeted classification. */
export const EXPONENTIAL_SHARES: Neighbour = {
  source: 'EERO: Valade, Hebiri & Gay 2024, arXiv 2402.03779, aggregation with exponential weights',
  differs:
    'How much a head’s error counts against equal shares is chosen for every budget among four values, by the cascade’s own accuracy on the images that make the path; the source fixes it. Confidence is the largest softmax output. EENet (arXiv 2301.07099) learns such shares by a network; that is not repeated here.',
  fit(making, top) {
    const columns = softmaxColumns(making, top);
    const thresholdsFor = shareThresholds(columns);
    const scorer: Scorer = (outputs) => tablesOf(outputs, top, softmaxColumns(outputs, top));
    const images = making.labels.length;
    const errorOf = (correct: Uint8Array): number =>
      1 - correct.reduce((sum, right) => sum + right, 0) / images;
    const errors = [
      ...columns.map(({ correct }) => errorOf(correct)),
      errorOf(knownCorrectness(making.fullLogits, making, top)),
    ];
    const costs = [
      ...leavingCosts(
        making.costs,
        columns.map(() => true),
      ),
    ];
    const [least, most] = [Math.min(...costs), Math.max(...costs)];
    return Array.from({ length: BUDGETS }, (_, step): Policy => {
      const budget = most - ((step + 0.5) / BUDGETS) * (most - least);
      const choices = ERROR_WEIGHTS.map((weight) => ({
        parameter: budget / making.costs.full,
        scorer,
        thresholds: thresholdsFor(exponentialShares(errors, costs, budget, weight).slice(0, -1)),
      }));
      const lost = replayPolicies(choices, making).map(({ breaks, repairs }) => breaks - repairs);
      return choices[lost.indexOf(Math.min(...lost))]!;
    });
  },
};
