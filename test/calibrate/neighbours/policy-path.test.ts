import test from 'ava';
import { NEIGHBOUR_NAMES } from '../../../lib/calibrate/neighbours/neighbour-names.js';
import { NEIGHBOURS } from '../../../lib/calibrate/neighbours/neighbours.js';
import {
  policyPath,
  replayPolicies,
  undominatedPolicies,
} from '../../../lib/calibrate/neighbours/policy-path.js';
import { fixedTables } from '../../../lib/exits/exit-tables.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

const MAKING = syntheticPopulation(900, 3, 10);
const OTHERS = syntheticPopulation(500, 3, 11);
const fitting = NEIGHBOUR_NAMES.filter((name) => NEIGHBOURS[name].unfit?.(MAKING.costs) === undefined);

for (const name of fitting) {
  test(`${name}: every point of a path is cheaper than the one before, up to far below the full network`, (t) => {
    const path = policyPath(NEIGHBOURS[name], MAKING, 1);
    const costs = replayPolicies(path, MAKING).map(({ cost }) => cost / 900 / 10_000);
    t.true(path.length >= 5);
    // Images that the method cannot tell apart leave together: bins that were right throughout are such.
    t.true(costs[0]! > (name === 'held-out-accuracy' ? 0.5 : 0.85));
    costs.slice(1).forEach((cost, index) => {
      t.true(cost < costs[index]! + 0.01);
    });
    t.true(costs.at(-1)! < 0.7);
  });

  test(`${name}: the same images make the same path, and what it decides on others is the same each time`, (t) => {
    const decided = () =>
      replayPolicies(policyPath(NEIGHBOURS[name], MAKING, 1), OTHERS).map(({ leftAt, cost }) => [
        leftAt,
        cost,
      ]);
    t.deepEqual(decided(), decided());
  });
}

test('a policy that another beats in both cost and right answers is left out', (t) => {
  const right = Uint8Array.of(1, 1, 0, 0);
  const table = {
    images: 4,
    exits: [{ confidence: Float64Array.of(0.9, 0.8, 0.7, 0.6), correct: right }],
    fullCorrect: Uint8Array.of(1, 1, 1, 1),
    costs: { backbone: [1], heads: [0], full: 2 },
  };
  const scorer = () => fixedTables(table);
  const policies = [0.85, 0.75, 0.65, 0.75].map((threshold) => ({
    parameter: threshold,
    scorer,
    thresholds: [threshold],
  }));
  // Two leave at no loss, three for one; one alone saves less.
  t.deepEqual(
    undominatedPolicies(policies, MAKING).map(({ parameter }) => parameter),
    [0.75, 0.65],
  );
});
