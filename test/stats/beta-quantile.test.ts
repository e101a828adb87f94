import test from 'ava';
import { betaQuantile } from '../../lib/stats/beta-quantile.js';

test('betaQuantile agrees with scipy.special.betaincinv (SciPy 1.17)', (t) => {
  const expected: [number, number, number, number][] = [
    [0.5, 2, 2, 0.5],
    [0.025, 5, 20, 0.07131861719805496],
    [0.975, 6, 19, 0.42151284363725267],
    [0.00005, 33, 4968, 0.0030405930080017454],
    [0.99995, 34, 4967, 0.01226957527916654],
    [0.1, 0.5, 0.5, 0.024471741852423214],
  ];
  for (const [probability, a, b, x] of expected) {
    t.true(Math.abs(betaQuantile(probability, a, b) / x - 1) < 1e-10, `at ${probability}, ${a}, ${b}`);
  }
});

test('betaQuantile of 0 and 1 are the ends of the range', (t) => {
  t.is(betaQuantile(0, 2, 3), 0);
  t.is(betaQuantile(1, 2, 3), 1);
});

test('betaQuantile refuses what is no probability', (t) => {
  t.throws(() => betaQuantile(1.2, 1, 1), { instanceOf: RangeError });
});
