import test from 'ava';
import fc from 'fast-check';
import { binomialCdf } from '../../lib/stats/binomial-cdf.js';

test('binomialCdf is the sum of the binomial probabilities', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, p) => {
      let probability = (1 - p) ** n;
      let sum = 0;
      for (let k = 0; k < n; k += 1) {
        sum += probability;
        t.true(Math.abs(binomialCdf(k, n, p) - sum) < 1e-12);
        probability *= ((n - k) / (k + 1)) * (p / (1 - p));
      }
    }),
  );
});

test('binomialCdf is 0 below the range, 1 at its end, and handles certain outcomes', (t) => {
  t.is(binomialCdf(-1, 5, 0.5), 0);
  t.is(binomialCdf(5, 5, 0.5), 1);
  t.is(binomialCdf(2, 5, 0), 1);
  t.is(binomialCdf(2, 5, 1), 0);
});

test('binomialCdf refuses what is no probability', (t) => {
  t.throws(() => binomialCdf(1, 2, -0.1), { instanceOf: RangeError });
});
