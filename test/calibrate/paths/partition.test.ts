import test from 'ava';
import { partition } from '../../../lib/calibrate/paths/partition.js';

test('every image makes the path or tests it, as many make it as the share says', (t) => {
  const { making, testing } = partition(10, 0.3, 1);
  t.is(making.length, 3);
  t.deepEqual(
    [...making, ...testing].sort((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  // The seed alone decides which.
  t.deepEqual(partition(10, 0.3, 1), { making, testing });
  t.notDeepEqual(partition(10, 0.3, 2).making, making);
});
