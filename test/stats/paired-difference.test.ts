import test from 'ava';
import { pairedDifference } from '../../lib/stats/paired-difference.js';

test("pairedDifference has the mean and standard error of R's paired t.test", (t) => {
  // R's sleep data: t.test(extra[group == 1], extra[group == 2], paired = TRUE) gives −1.58 and t = −4.0621.
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const { mean, standardError } = pairedDifference(first, second);
  t.true(Math.abs(mean + 1.58) < 1e-12);
  t.true(Math.abs(mean / standardError + 4.0621) < 5e-5);
});

test('the error of a single pair is infinite', (t) => {
  t.deepEqual(pairedDifference([3], [1]), { mean: 2, standardError: Number.POSITIVE_INFINITY });
});

test('pairedDifference refuses what is no pairs', (t) => {
  t.throws(() => pairedDifference([], []), { instanceOf: RangeError });
  t.throws(() => pairedDifference([1, 2], [1]), { instanceOf: RangeError });
});
