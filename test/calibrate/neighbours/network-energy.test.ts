import test from 'ava';
import { NETWORK_ENERGY } from '../../../lib/calibrate/neighbours/network-energy.js';
import { replayPolicies } from '../../../lib/calibrate/neighbours/policy-path.js';
import { outputExits } from '../../../lib/exits/recorded-outputs.js';
import { testWith } from '../../support/needs.js';
import { CHAIN_RECORDS, chainRecords } from '../../support/reference-records.js';

const FITTED = { backbone: [10, 50], heads: [0, 0], full: 100 };

/** A small network before a large one, of two classes: the small one's energies are about 5, 1 and 3. */
const CHAIN = {
  classes: 2,
  labels: Uint16Array.of(0, 0, 1),
  exitLogits: [Float32Array.of(5, -20, 1, -20, -20, 3)],
  fullLogits: Float32Array.of(9, 0, 9, 0, 0, 9),
  costs: { backbone: [10], heads: [0], full: 100, members: [0, 1] },
};

test('images leave by the energy of the small network, the highest first', (t) => {
  const policies = NETWORK_ENERGY.fit(CHAIN, 1);
  const leftAt = replayPolicies(policies, CHAIN).map((outcome) => outcome.leftAt.join(''));
  t.deepEqual([...new Set(leftAt)], ['011', '010', '000']);
});

test('heads on one network are no chain of networks', (t) => {
  t.regex(NETWORK_ENERGY.unfit!(FITTED)!, /networks in a row/);
  t.is(NETWORK_ENERGY.unfit!(CHAIN.costs), undefined);
});

testWith(
  CHAIN_RECORDS,
  'a trained ResNet-20 before ResNet-56 lets the share of the images go that is asked for',
  async (t) => {
    // The third network's records are probabilities, which have no energy.
    const outputs = outputExits(await chainRecords(), [1]);
    const policies = NETWORK_ENERGY.fit(outputs, 1);
    replayPolicies(policies, outputs).forEach(({ counts }, index) => {
      t.true(Math.abs(counts[0]! / 10_000 - policies[index]!.parameter) < 0.001);
    });
  },
);
