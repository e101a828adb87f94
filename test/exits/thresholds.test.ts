import test from 'ava';
import { enabledExits, leavingCosts, toleratingRounding } from '../../lib/exits/thresholds.js';

const COSTS = { backbone: [10, 40, 70], heads: [1, 2, 4], full: 100 };

test('every enabled head on the way is billed, the full network pays for all of them', (t) => {
  t.deepEqual([...leavingCosts(COSTS, [true, true, true])], [11, 43, 77, 107]);
});

test('disabled heads are not billed to those that pass them', (t) => {
  t.deepEqual(leavingCosts(COSTS, [false, true, false])[1], 42);
  t.deepEqual(leavingCosts(COSTS, [false, true, false])[3], 102);
  t.deepEqual(leavingCosts(COSTS, [false, false, false])[3], 100);
});

test('of every network before, what is run for its last enabled exit is billed', (t) => {
  // Two exits in the first network, one in the second, one in the full network.
  const costs = { backbone: [10, 20, 40, 70], heads: [1, 2, 4, 8], full: 100, members: [0, 0, 1, 2, 2] };
  t.deepEqual([...leavingCosts(costs, [true, true, true, true])], [11, 23, 67, 145, 175]);
  // Without its second exit the first network is run up to the first alone.
  t.deepEqual(
    [...leavingCosts(costs, [true, false, true, false])].toSpliced(3, 1).toSpliced(1, 1),
    [11, 55, 155],
  );
  // A network without an enabled exit is not run at all.
  t.deepEqual(leavingCosts(costs, [false, false, true, false])[4], 144);
  t.deepEqual(leavingCosts(costs, [false, false, false, true])[3], 78);
  t.deepEqual(leavingCosts(costs, [false, false, false, false])[4], 100);
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
