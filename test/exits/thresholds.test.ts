import test from 'ava';
import { enabledExits, leavingMacs, toleratingRounding } from '../../lib/exits/thresholds.js';

const COSTS = { backboneMacs: [10, 40, 70], headMacs: [1, 2, 4], fullMacs: 100 };

test('every enabled head on the way is billed, the full network pays for all of them', (t) => {
  t.deepEqual([...leavingMacs(COSTS, [true, true, true])], [11, 43, 77, 107]);
});

test('disabled heads are not billed to those that pass them', (t) => {
  t.deepEqual(leavingMacs(COSTS, [false, true, false])[1], 42);
  t.deepEqual(leavingMacs(COSTS, [false, true, false])[3], 102);
  t.deepEqual(leavingMacs(COSTS, [false, false, false])[3], 100);
});

test('null alone disables an exit: thresholds of 0, 1 and minus infinity do not', (t) => {
  t.deepEqual(enabledExits([null, 0, 1, Number.NEGATIVE_INFINITY]), [false, true, true, true]);
});

test('a logit that is rounded otherwise does not change where an image leaves, and near 1 next to nothing is tolerated', (t) => {
  const softmaxOfTwo = (logit: number): number => 1 / (1 + Math.exp(-logit));
  for (const logit of [0.1, 1, 3, 8, 15]) {
    const threshold = softmaxOfTwo(logit);
    const least = toleratingRounding(threshold, 'softmax');
    t.true(softmaxOfTwo(logit - 5e-6) >= least, `${logit}`);
    t.true(softmaxOfTwo(logit - 5e-5) < least, `${logit}`);
  }
  t.true(1 - toleratingRounding(1, 'softmax') < 1e-15);
});

test('energies are tolerated relative to their size, runs of agreeing exits by less than one', (t) => {
  t.is(toleratingRounding(20, 'energy'), 20 - 2e-5);
  t.is(toleratingRounding(-0.5, 'energy'), -0.5 - 1e-6);
  t.true(toleratingRounding(3, 'patience') > 2);
});
