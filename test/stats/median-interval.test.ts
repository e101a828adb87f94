import test from 'ava';
import { medianInterval } from '../../lib/stats/median-interval.js';

/** 1 … n, out of order. */
function upTo(n: number): number[] {
  return Array.from({ length: n }, (_, index) => ((index * 7) % n) + 1);
}

test('the interval ends at the order statistics that a table of the sign test names', (t) => {
  // Conover, Practical Nonparametric Statistics, table A3: pbinom(r - 2, n, 0.5) <= 0.025 gives ranks r and n + 1 - r.
  for (const [n, low, high] of [
    [6, 1, 6],
    [9, 2, 8],
    [15, 4, 12],
    [25, 8, 18],
    [40, 14, 27],
  ] as const)
    t.deepEqual(medianInterval(upTo(n), 0.95), { median: (n + 1) / 2, low, high }, String(n));
});

test('of too few values the interval is all of them', (t) => {
  t.deepEqual(medianInterval([3, 1, 2], 0.95), { median: 2, low: 1, high: 3 });
  t.deepEqual(medianInterval([5], 0.95), { median: 5, low: 5, high: 5 });
});

test('no values have no median', (t) => {
  t.throws(() => medianInterval([], 0.95), { instanceOf: RangeError });
});
