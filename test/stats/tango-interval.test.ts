import test from 'ava';
import fc from 'fast-check';
import { normalQuantile } from '../../lib/stats/normal-quantile.js';
import { tangoInterval } from '../../lib/stats/tango-interval.js';
import { tangoScore } from '../../lib/stats/tango-score.js';

test('tangoInterval gives the published intervals', (t) => {
  const published: [string, number, number, number, number, number, number][] = [
    ['Tango 1998, soft contact lenses', 0, 1, 44, 0.9, -0.096, 0.037],
    ['Tango 1998, table with counts 4, 9, 3, 16', 9, 3, 32, 0.95, -0.027, 0.39],
    ['Agresti and Min 2005, table with counts 53, 16, 8, 9', 16, 8, 86, 0.95, -0.02, 0.207],
    ['Fagerland, Lydersen and Laake 2014, airway hyper-responsiveness', 1, 7, 21, 0.95, -0.517, -0.026],
  ];
  for (const [source, breaks, repairs, n, confidence, low, high] of published) {
    const interval = tangoInterval(breaks, repairs, n, confidence);
    t.deepEqual([Number(interval.low.toFixed(3)), Number(interval.high.toFixed(3))], [low, high], source);
  }
});

test('tangoInterval agrees with an inversion by SciPy 1.17 of the score with a numerically constrained estimate', (t) => {
  const expected: [number, number, number, number, number, number][] = [
    [6, 16, 161, 0.95, -0.124023432, -0.005433395],
    [40, 20, 160, 0.95, 0.030864533, 0.218064244],
    [26, 13, 2500, 0.9, 0.0011305, 0.009592589],
    [148, 74, 10_000, 0.9, 0.00498088, 0.009902537],
    [12, 0, 40, 0.99, 0.115044821, 0.503631815],
  ];
  for (const [breaks, repairs, n, confidence, low, high] of expected) {
    const interval = tangoInterval(breaks, repairs, n, confidence);
    t.true(
      Math.abs(interval.low - low) < 2e-9 && Math.abs(interval.high - high) < 2e-9,
      `${breaks}, ${repairs}`,
    );
  }
});

test('without discordant pairs the interval is ±z² / (n + z²)', (t) => {
  for (const n of [1, 10, 10_000]) {
    const z = normalQuantile(0.975);
    const { low, high } = tangoInterval(0, 0, n, 0.95);
    t.true(Math.abs(high - (z * z) / (n + z * z)) < 1e-12);
    t.is(low, -high);
  }
});

test('an interval ends at 1 when every input breaks and at −1 when every input is repaired', (t) => {
  t.is(tangoInterval(5, 0, 5, 0.95).high, 1);
  t.is(tangoInterval(0, 5, 5, 0.95).low, -1);
});

test('the interval holds the observed difference and its ends score ±z', (t) => {
  const counts = fc
    .record({ n: fc.integer({ min: 1, max: 3000 }), breaks: fc.nat(200), repairs: fc.nat(200) })
    .filter(({ n, breaks, repairs }) => breaks + repairs <= n && breaks < n && repairs < n);
  fc.assert(
    fc.property(
      counts,
      fc.double({ min: 0.5, max: 0.999, noNaN: true }),
      ({ n, breaks, repairs }, confidence) => {
        const { low, high } = tangoInterval(breaks, repairs, n, confidence);
        const observed = (breaks - repairs) / n;
        const z = normalQuantile(0.5 + confidence / 2);
        t.true(low <= observed && observed <= high);
        t.true(Math.abs(tangoScore(breaks, repairs, n, low) - z) < 1e-6);
        t.true(Math.abs(tangoScore(breaks, repairs, n, high) + z) < 1e-6);
      },
    ),
  );
});

test('the interval refuses impossible counts and a confidence in percent', (t) => {
  t.throws(() => tangoInterval(3, 3, 5, 0.95), { instanceOf: RangeError });
  t.throws(() => tangoInterval(1, 1, 5, 95), { instanceOf: RangeError });
});
