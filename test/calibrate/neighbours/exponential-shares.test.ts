import test from 'ava';
import { exponentialShares } from '../../../lib/calibrate/neighbours/exponential-shares.js';

const ERRORS = [0.3, 0.2, 0.05];
const COSTS = [1, 2, 4];

function meanCost(shares: readonly number[]): number {
  return shares.reduce((sum, share, exit) => sum + share * COSTS[exit]!, 0);
}

test('equal errors at the mean of all costs have equal shares', (t) => {
  const shares = exponentialShares([0.1, 0.1, 0.1], COSTS, 7 / 3, 10);
  for (const share of shares) t.true(Math.abs(share - 1 / 3) < 1e-9);
});

test('shares add up to 1 and hold the budget', (t) => {
  for (const budget of [1.1, 2, 3, 3.9]) {
    const shares = exponentialShares(ERRORS, COSTS, budget, 10);
    t.true(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
    t.true(Math.abs(meanCost(shares) - budget) < 1e-9);
  }
});

test('no other shares of the same cost have less error and divergence from equal shares, weighed as asked', (t) => {
  const weight = 10;
  const objective = (shares: readonly number[]): number =>
    shares.reduce((sum, share, exit) => sum + share * (weight * ERRORS[exit]! + Math.log(3 * share)), 0);
  const best = exponentialShares(ERRORS, COSTS, 2.5, weight);
  // The one direction in which neither the sum nor the cost changes.
  const direction = [2, -3, 1];
  for (const step of [-0.05, -0.001, 0.001, 0.05]) {
    const other = best.map((share, exit) => share + step * direction[exit]!);
    t.true(Math.abs(meanCost(other) - 2.5) < 1e-9);
    t.true(objective(other) > objective(best));
  }
});
