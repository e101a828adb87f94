import test from 'ava';
import { logistic } from '../../lib/stats/logistic.js';

test('the logistic function goes from 0 to 1, a half at 0', (t) => {
  t.deepEqual([-1000, 0, 1000].map(logistic), [0, 0.5, 1]);
});
