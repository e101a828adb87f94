import test from 'ava';
import { empiricalBernsteinBound } from '../../lib/stats/empirical-bernstein.js';

test('empiricalBernsteinBound is the formula of theorem 4 computed in Python', (t) => {
  t.true(Math.abs(empiricalBernsteinBound(0.4, 0.125, 4000, 0.95) - 0.41733642099205187) < 1e-12);
});

test('without variance what is left falls with the number of values', (t) => {
  // 7 ln 40 / 3 over n − 1.
  const rest = (7 * Math.log(40)) / 3;
  t.true(Math.abs(empiricalBernsteinBound(0, 0, 101, 0.95) - rest / 100) < 1e-12);
});

test('one value is refused', (t) => {
  t.throws(() => empiricalBernsteinBound(0.5, 0, 1, 0.95), { instanceOf: RangeError });
});
