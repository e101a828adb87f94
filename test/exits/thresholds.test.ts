import test from 'ava';
import { enabledExits, leavingMacs } from '../../lib/exits/thresholds.js';

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
