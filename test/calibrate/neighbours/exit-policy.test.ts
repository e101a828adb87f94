import test from 'ava';
import { EXIT_POLICY, fittedPolicies } from '../../../lib/calibrate/neighbours/exit-policy.js';
import { replayPolicies } from '../../../lib/calibrate/neighbours/policy-path.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

/** Six images of two exits; at each an image is in one of two states, one number each, so that regression is a mean by state. */
const STATES = [
  [0, 0, 0, 1, 1, 1],
  [0, 1, 1, 0, 0, 1],
] as const;
const CORRECT = [
  Uint8Array.of(1, 1, 0, 0, 0, 1),
  Uint8Array.of(1, 1, 1, 0, 1, 0),
  Uint8Array.of(1, 1, 1, 1, 1, 0),
];
const COSTS = [0.2, 0.6, 1];

/** What a policy earns that leaves at each exit in the states given, a bit each. */
function reward(leaves: readonly (readonly boolean[])[], price: number): number {
  let sum = 0;
  for (let image = 0; image < 6; image++) {
    const found = leaves.findIndex((ofState, exit) => ofState[STATES[exit]![image]!]);
    const exit = found < 0 ? 2 : found;
    sum += CORRECT[exit]![image]! - price * COSTS[exit]!;
  }
  return sum / 6;
}

test('where regression is exact, each exit does the best that it can given what the later ones do', (t) => {
  const oneHot = STATES.map((ofExit) => Float64Array.from(ofExit.flatMap((state) => [1 - state, state])));
  for (const price of [0.01, 0.3, 0.6, 1.1, 3]) {
    const { leave, goOn } = fittedPolicies(oneHot, CORRECT, COSTS)(price);
    const chosen = leave.map((weights, exit) =>
      Array.from(weights, (value, state) => value >= goOn[exit]![state]!),
    );
    const never = [false, false];
    // From the last exit to the first, each state by itself, over the images in it: by hand.
    const last = [false, true].flatMap((a) => [false, true].map((b) => [a, b]));
    const bestLast = Math.max(...last.map((each) => reward([never, each], price)));
    t.true(Math.abs(reward([never, chosen[1]!], price) - bestLast) < 1e-9);
    const bestFirst = Math.max(...last.map((each) => reward([each, chosen[1]!], price)));
    t.true(Math.abs(reward(chosen, price) - bestFirst) < 1e-9);
  }
});

test('the dearer the cost, the less is spent, and values are charged', (t) => {
  const outputs = syntheticPopulation(1000, 3, 4);
  const policies = EXIT_POLICY.fit(outputs, 1);
  const costs = replayPolicies(policies, outputs).map(({ cost }) => cost);
  t.true(costs[0]! > 0.9 * 1000 * 10_000);
  t.true(costs.at(-1)! < 0.4 * 1000 * 10_000);
  const heads = policies[0]!.scorer(outputs).costs.heads;
  // 13 functions of the outputs at the first exit and 17 at later ones, for two values each.
  t.deepEqual(heads, [50 + 26, 50 + 34, 50 + 34]);
});
