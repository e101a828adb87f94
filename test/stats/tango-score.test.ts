import test from 'ava';
import fc from 'fast-check';
import { tangoScore } from '../../lib/stats/tango-score.js';

test('the score agrees with one whose constrained estimate SciPy 1.17 found by maximising the likelihood', (t) => {
  const expected: [number, number, number, number, number][] = [
    [26, 13, 2500, 0.01, -1.78374827],
    [0, 1, 44, 0.1, -2.44948975],
    [9, 3, 32, -0.05, 2.1487778],
    [30, 5, 50, 0.2, 2.67616566],
    [0, 0, 100, 0.03, -1.75863115],
    [148, 74, 10_000, 0.01, -1.70717398],
  ];
  for (const [breaks, repairs, n, delta, score] of expected) {
    t.true(Math.abs(tangoScore(breaks, repairs, n, delta) - score) < 1e-6, `${breaks}, ${repairs} of ${n}`);
  }
});

test("at delta 0 the score is McNemar's", (t) => {
  t.is(tangoScore(6, 2, 20, 0), 4 / Math.sqrt(8));
});

test('no discordant pair gives −√(n·delta / (1 − delta))', (t) => {
  t.true(Math.abs(tangoScore(0, 0, 100, 0.03) + Math.sqrt(3 / 0.97)) < 1e-12);
  t.is(tangoScore(0, 0, 100, 0), 0);
});

test('impossible hypotheses score infinitely, certain ones zero', (t) => {
  t.is(tangoScore(4, 0, 5, 1), -Infinity);
  t.is(tangoScore(5, 0, 5, 1), 0);
  t.is(tangoScore(0, 4, 5, -1), Infinity);
  t.is(tangoScore(0, 5, 5, -1), 0);
});

const counts = fc
  .record({ n: fc.integer({ min: 1, max: 500 }), breaks: fc.nat(500), repairs: fc.nat(500) })
  .filter(({ n, breaks, repairs }) => breaks + repairs <= n);
const delta = fc.double({ min: -0.99, max: 0.99, noNaN: true });

test('exchanging breaks and repairs changes the sign', (t) => {
  fc.assert(
    fc.property(counts, delta, ({ n, breaks, repairs }, difference) => {
      const mirrored = tangoScore(repairs, breaks, n, -difference);
      t.true(Math.abs(tangoScore(breaks, repairs, n, difference) + mirrored) < 1e-9);
    }),
  );
});

test('the score falls as the hypothesised difference grows', (t) => {
  fc.assert(
    fc.property(counts, delta, delta, ({ n, breaks, repairs }, one, other) => {
      const smaller = tangoScore(breaks, repairs, n, Math.min(one, other));
      t.true(smaller >= tangoScore(breaks, repairs, n, Math.max(one, other)) - 1e-9);
    }),
  );
});

test('the score refuses impossible counts and a difference in percent', (t) => {
  t.throws(() => tangoScore(3, 3, 5, 0), { instanceOf: RangeError });
  t.throws(() => tangoScore(-1, 3, 5, 0), { instanceOf: RangeError });
  t.throws(() => tangoScore(1.5, 3, 5, 0), { instanceOf: RangeError });
  t.throws(() => tangoScore(1, 3, 5, 2), { instanceOf: RangeError });
});
