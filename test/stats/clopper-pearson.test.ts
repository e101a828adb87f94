import test from 'ava';
import { clopperPearson } from '../../lib/stats/clopper-pearson.js';

test('clopperPearson agrees with scipy.stats.binomtest(k, n).proportion_ci(method="exact") (SciPy 1.17)', (t) => {
  const expected: [number, number, number, number, number][] = [
    [81, 263, 0.95, 0.252736745585, 0.367621922601],
    [0, 20, 0.95, 0, 0.168433470983],
    [1, 29, 0.95, 0.000872646884, 0.177644295488],
    [15, 148, 0.95, 0.05784401008, 0.161650490349],
    [20, 20, 0.99, 0.767270499011, 1],
    [9339, 10000, 0.95, 0.928852709061, 0.938692756769],
  ];
  for (const [successes, n, confidence, low, high] of expected) {
    const interval = clopperPearson(successes, n, confidence);
    t.true(
      Math.abs(interval.low - low) < 1e-10 && Math.abs(interval.high - high) < 1e-10,
      `${successes} of ${n}`,
    );
  }
});

test('clopperPearson gives the intervals that Newcombe prints (1998, Statistics in Medicine 17:857-872, Table I)', (t) => {
  for (const [successes, n, low, high] of [
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [0, 20, 0, 0.1684],
    [1, 29, 0.0009, 0.1776],
  ] as const) {
    const interval = clopperPearson(successes, n, 0.95);
    t.is(Number(interval.low.toFixed(4)), low);
    t.is(Number(interval.high.toFixed(4)), high);
  }
});

test('clopperPearson refuses impossible counts and a confidence in percent', (t) => {
  t.throws(() => clopperPearson(5, 4, 0.95), { instanceOf: RangeError });
  t.throws(() => clopperPearson(1, 4, 95), { instanceOf: RangeError });
});
