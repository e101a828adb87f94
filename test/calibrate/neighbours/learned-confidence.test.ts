import test from 'ava';
import { ConfidenceNetwork } from '../../../lib/calibrate/neighbours/confidence-network.js';
import { blendedLoss, LEARNED_CONFIDENCE } from '../../../lib/calibrate/neighbours/learned-confidence.js';
import { replayPolicies } from '../../../lib/calibrate/neighbours/policy-path.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

const H = [0.3, 0.6];
const PROBABILITIES = [0.5, 0.8, 0.9];
const COSTS = [0.2, 0.5, 1];

test('outputs and costs are blended from the last exit to the first', (t) => {
  // Y: 0.6 · 0.8 + 0.4 · 0.9 = 0.84, then 0.3 · 0.5 + 0.7 · 0.84 = 0.738; cost: 0.7, then 0.55.
  const { loss } = blendedLoss(H, PROBABILITIES, COSTS, 2);
  t.true(Math.abs(loss - (2 * 0.55 - Math.log(0.738))) < 1e-12);
});

test('slopes are those of numerical differences', (t) => {
  const { slopes } = blendedLoss(H, PROBABILITIES, COSTS, 0.7);
  H.forEach((_, exit) => {
    const at = (step: number): number =>
      blendedLoss(
        H.map((value, other) => value + (other === exit ? step : 0)),
        PROBABILITIES,
        COSTS,
        0.7,
      ).loss;
    t.true(Math.abs((at(1e-6) - at(-1e-6)) / 2e-6 - slopes[exit]!) < 1e-8);
  });
});

test('a second output learns which of two inputs is large, and what was frozen stays', (t) => {
  const inputs = Float64Array.of(1, 0, 0, 1, 0.9, 0.2, 0.1, 0.8);
  const targets = [1, 0, 1, 0];
  const network = new ConfidenceNetwork(2, 1);
  const before = network.frozen();
  const first = [...before(inputs)];
  for (let step = 0; step < 500; step++) {
    targets.forEach((target, image) => {
      network.backward(network.forward(inputs, image) - target);
    });
    network.step();
  }
  network
    .frozen()(inputs)
    .forEach((value, image) => {
      t.true(Math.abs(value - targets[image]!) < 0.1);
      t.is(value, network.forward(inputs, image));
    });
  t.deepEqual([...before(inputs)], first);
  t.is(network.macs, 24);
});

test('each policy left is dearer than the next and right more often, and second outputs are charged', (t) => {
  const outputs = syntheticPopulation(600, 2, 6);
  const policies = LEARNED_CONFIDENCE.fit(outputs, 1);
  const outcomes = replayPolicies(policies, outputs);
  outcomes.slice(1).forEach((outcome, index) => {
    t.true(outcome.cost < outcomes[index]!.cost);
    t.true(outcome.breaks - outcome.repairs > outcomes[index]!.breaks - outcomes[index]!.repairs);
  });
  // Four classes are seen whole, by 8 hidden units and an output.
  t.deepEqual(policies[0]!.scorer(outputs).costs.heads, [50 + 40, 50 + 40]);
});
