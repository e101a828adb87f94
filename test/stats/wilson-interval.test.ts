import test from 'ava';
import { wilsonInterval } from '../../lib/stats/wilson-interval.js';

test('wilsonInterval agrees with scipy.stats.binomtest(k, n).proportion_ci(method="wilson") (SciPy 1.17)', (t) => {
  const expected: [number, number, number, number, number][] = [
    [81, 263, 0.95, 0.255288519878, 0.366209576983],
    [0, 20, 0.95, 0, 0.161125158053],
    [1, 29, 0.95, 0.006113214293, 0.171755218793],
    [15, 148, 0.95, 0.062386399531, 0.160487241723],
    [20, 20, 0.99, 0.750894598901, 1],
    [9339, 10000, 0.95, 0.9288618039, 0.938604962314],
  ];
  for (const [successes, n, confidence, low, high] of expected) {
    const interval = wilsonInterval(successes, n, confidence);
    t.true(
      Math.abs(interval.low - low) < 1e-11 && Math.abs(interval.high - high) < 1e-11,
      `${successes} of ${n}`,
    );
  }
});

test('wilsonInterval touches 0 and 1 exactly when nothing or everything succeeds', (t) => {
  t.is(wilsonInterval(0, 7, 0.95).low, 0);
  t.is(wilsonInterval(7, 7, 0.95).high, 1);
});

test('wilsonInterval refuses impossible counts and a confidence in percent', (t) => {
  for (const [successes, n, confidence] of [
    [5, 4, 0.95],
    [-1, 4, 0.95],
    [0, 0, 0.95],
    [1.5, 4, 0.95],
    [1, 4, 95],
  ] as const) {
    t.throws(() => wilsonInterval(successes, n, confidence), { instanceOf: RangeError });
  }
});
