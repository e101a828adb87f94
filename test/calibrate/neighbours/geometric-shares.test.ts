import test from 'ava';
import { GEOMETRIC_SHARES, geometricShares } from '../../../lib/calibrate/neighbours/geometric-shares.js';
import { replayPolicies } from '../../../lib/calibrate/neighbours/policy-path.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

test('with a ratio of a half two exits and the end have 4, 2 and 1 sevenths', (t) => {
  const [first, second] = geometricShares(2, 0.5);
  t.true(Math.abs(first! - 4 / 7) < 1e-15);
  t.true(Math.abs(second! - 2 / 7) < 1e-15);
});

test('with a ratio of 1 all shares are equal, and a large one sends next to all to the end', (t) => {
  t.deepEqual(geometricShares(3, 1), [0.25, 0.25, 0.25]);
  t.true(geometricShares(3, 1e200).every((share) => share < 1e-100));
});

test('on the images that its thresholds are made from, exits let leave as many as the law says, to one image', (t) => {
  const outputs = syntheticPopulation(400, 3, 1);
  const policies = GEOMETRIC_SHARES.fit(outputs, 1);
  replayPolicies(policies, outputs).forEach(({ counts }, index) => {
    const shares = geometricShares(3, policies[index]!.parameter);
    const wanted = shares.map((share) => Math.round(share * 400));
    // The shares of the last exit are rounded, too: what is left for it may be one less.
    wanted.forEach((count, exit) => {
      t.true(Math.abs(counts[exit]! - count) <= 1);
    });
  });
});
