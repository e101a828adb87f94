import test from 'ava';
import { confidenceGroups } from '../../../lib/calibrate/joint/confidence-groups.js';

test('equal confidences form one group, the surest first', (t) => {
  const { order, groupOf, confidence } = confidenceGroups(Float64Array.of(0.2, 1, 0.2, 0.7, 1));
  t.deepEqual([...order], [1, 4, 3, 0, 2]);
  t.deepEqual([...groupOf], [2, 0, 2, 1, 0]);
  t.deepEqual(confidence, [1, 0.7, 0.2]);
});
