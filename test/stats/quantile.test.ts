import test from 'ava';
import { quantile } from '../../lib/stats/quantile.js';

const VALUES = [3, -1, 7.5, 2, 2, 10];

test('quantiles are those of numpy.quantile (NumPy 2.4)', (t) => {
  for (const [share, expected] of [
    [0, -1],
    [0.1, 0.5],
    [0.25, 2],
    [1 / 3, 2],
    [0.5, 2.5],
    [0.9, 8.75],
    [0.975, 9.6875],
    [1, 10],
  ] as const) {
    t.true(Math.abs(quantile(VALUES, share) - expected) < 1e-12, `${share}`);
  }
});

test('numbers are ordered as numbers, and the values are left in their order', (t) => {
  const values = [10, 9, 100];
  t.is(quantile(values, 0.5), 10);
  t.deepEqual(values, [10, 9, 100]);
});

test('one value is every quantile', (t) => {
  t.is(quantile([4], 0), 4);
  t.is(quantile([4], 0.3), 4);
  t.is(quantile([4], 1), 4);
});

test('no values, a share in percent and NaN are refused', (t) => {
  t.throws(() => quantile([], 0.5), { instanceOf: RangeError });
  t.throws(() => quantile([1, 2], 50), { instanceOf: RangeError });
  t.throws(() => quantile([1, 2], Number.NaN), { instanceOf: RangeError });
});
