import test from 'ava';
import { chooseCertified, PATH_SHARE } from '../../lib/calibrate/calibrate.js';
import { NEIGHBOURS } from '../../lib/calibrate/neighbours/neighbours.js';
import { policyPath, replayPolicies } from '../../lib/calibrate/neighbours/policy-path.js';
import { promisedPolicies } from '../../lib/calibrate/promised-policies.js';
import { outputRows } from '../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { pairedDropTest } from '../../lib/stats/paired-drop-test.js';
import { permutation } from '../../lib/stats/permutation.js';
import { createRandom } from '../../lib/stats/random.js';
import { syntheticPopulation } from '../support/synthetic-population.js';

const MAKING = syntheticPopulation(1500, 3, 12);
const EXITS = [0, 1, 2];
const DROPS = [0.02, 0.05];

test('thresholds are promised as calibrate promises them', (t) => {
  for (const method of ['shared', 'paper-path'] as const) {
    const compared = { kind: 'thresholds', method, exits: EXITS, scoring: DEFAULT_SCORING } as const;
    const [policy] = promisedPolicies(compared, MAKING, [0.05], 0.95, 3)!;
    const search = { method, scoring: DEFAULT_SCORING, labelFree: false };
    const { point } = chooseCertified(MAKING, search, { kind: 'max-drop', drop: 0.05 }, 0.95, 3);
    t.deepEqual(policy?.thresholds, point!.thresholds);
  }
});

test('a published method is promised its last policy before the first that the exact test on the other images does not pass', (t) => {
  const compared = {
    kind: 'neighbour',
    method: 'geometric-shares',
    exits: EXITS,
    scoring: DEFAULT_SCORING,
  } as const;
  const order = permutation(1500, createRandom(5));
  const pathImages = Math.round(PATH_SHARE * 1500);
  const path = policyPath(
    NEIGHBOURS['geometric-shares'],
    outputRows(MAKING, order.subarray(0, pathImages)),
    1,
  );
  const outcomes = replayPolicies(path, outputRows(MAKING, order.subarray(pathImages)));
  const promised = promisedPolicies(compared, MAKING, DROPS, 0.9, 5)!;
  DROPS.forEach((drop, index) => {
    const first = outcomes.findIndex(
      ({ breaks, repairs, images }) => pairedDropTest(breaks, repairs, images, drop) > 0.1,
    );
    t.true(first > 0);
    t.deepEqual(promised[index]!.thresholds, path[first - 1]!.thresholds);
  });
});

test('what makes no path promises nothing', (t) => {
  for (const kind of ['one-exit', 'random-exit'] as const)
    t.is(promisedPolicies({ kind, exits: EXITS, scoring: DEFAULT_SCORING }, MAKING, DROPS, 0.95, 0), null);
});
