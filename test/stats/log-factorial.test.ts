import test from 'ava';
import { logFactorial } from '../../lib/stats/log-factorial.js';

test('logFactorial is the sum of the logarithms across the change of method at 18', (t) => {
  let sum = 0;
  for (let n = 1; n <= 60; n += 1) {
    sum += Math.log(n);
    t.true(Math.abs(logFactorial(n) - sum) < 1e-12, `at ${n}`);
  }
});

test('logFactorial agrees with scipy.special.gammaln(n + 1) for large n', (t) => {
  t.true(Math.abs(logFactorial(10_000) / 82108.92783681436 - 1) < 1e-15);
  t.true(Math.abs(logFactorial(100_000) / 1051299.2218991218 - 1) < 1e-15);
});

test('logFactorial of 0 and 1 is exactly 0', (t) => {
  t.is(logFactorial(0), 0);
  t.is(logFactorial(1), 0);
});

test('logFactorial refuses fractions and negative numbers', (t) => {
  for (const n of [-1, 2.5, Number.NaN]) t.throws(() => logFactorial(n), { instanceOf: RangeError });
});
