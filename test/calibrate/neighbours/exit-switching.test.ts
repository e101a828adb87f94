import test from 'ava';
import { EXIT_SWITCHING, worthMixing } from '../../../lib/calibrate/neighbours/exit-switching.js';
import { replayPolicies } from '../../../lib/calibrate/neighbours/policy-path.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

test('an exit that a mixture of two others equals is left out', (t) => {
  const places = [
    { exit: 0, cost: 20, right: 50 },
    { exit: 1, cost: 60, right: 70 },
    { exit: 2, cost: 50, right: 80 },
    { exit: 3, cost: 100, right: 90 },
  ];
  // Between 20 and 50 nothing lies; at 60 the line from 50 to 100 is at 82.
  t.deepEqual(
    worthMixing(places).map(({ exit }) => exit),
    [3, 2, 0],
  );
});

test('a share of the images goes to the cheaper exit whatever they are, and pays for nothing else', (t) => {
  const outputs = syntheticPopulation(4000, 2, 9);
  // As networks in a row, where an image that passes a network would pay for it.
  const chain = {
    ...outputs,
    costs: { backbone: [1000, 3000], heads: [0, 0], full: 10_000, members: [0, 1, 2] },
  };
  const policies = EXIT_SWITCHING.fit(chain, 1);
  replayPolicies(policies, chain).forEach(({ counts, cost }, index) => {
    const alone = [1000, 3000, 10_000];
    const billed = counts.reduce((sum, count, exit) => sum + count * alone[exit]!, 0);
    t.is(cost, billed);
    const share = policies[index]!.parameter % 1 || 1;
    const cheaper = counts.findIndex((count) => count > 0);
    t.true(Math.abs(counts[cheaper]! / 4000 - share) < 0.03);
  });
});
