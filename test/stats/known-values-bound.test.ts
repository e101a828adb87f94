import test from 'ava';
import { knownValuesBound } from '../../lib/stats/known-values-bound.js';

test('with two values the bound is the exact binomial one', (t) => {
  // scipy.stats.beta.ppf(0.95, 8, 43).
  t.true(Math.abs(knownValuesBound([43, 7], [0, 1], 0.95) - 0.2469352017312092) < 1e-12);
});

test('with more it is the sum of the bounds of each step, which share the error', (t) => {
  // 1 · beta.ppf(0.975, 41, 60) + 3 · beta.ppf(0.975, 11, 90).
  t.true(Math.abs(knownValuesBound([60, 30, 10], [0, 1, 4], 0.95) - 1.031458642797733) < 1e-12);
});

test('a confidence of one half is no edge, and all at the dearest value leave nothing to bound', (t) => {
  t.true(knownValuesBound([5, 5], [0, 1], 0.5) > 0.5);
  t.is(knownValuesBound([0, 9], [0, 1], 0.95), 1);
});

test('nothing seen and a confidence of 95 are refused', (t) => {
  t.throws(() => knownValuesBound([0, 0], [0, 1], 0.95), { instanceOf: RangeError });
  t.throws(() => knownValuesBound([1, 1], [0, 1], 95), { instanceOf: RangeError });
});
