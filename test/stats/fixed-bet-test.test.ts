import test from 'ava';
import { fixedBetPValue } from '../../lib/stats/fixed-bet-test.js';

test('fixedBetPValue is 1 over the wealth of a gambler, image by image', (t) => {
  // By a product over single images in Python.
  const expected: [number[], number[], number, number, number][] = [
    [[8, 1, 3], [0, 0.25, 0.5], 0.5, 0.05, 0.031214753848498703],
    [[40, 30, 30], [0, 0.3, 1], 0.5, 0.05, 0.04239410678435985],
    [[400, 300, 300], [0, 0.3, 1], 0.42, 0.01, 0.16653851432553665],
  ];
  for (const [counts, values, bound, level, pValue] of expected)
    t.true(Math.abs(fixedBetPValue(counts, values, bound, level) / pValue - 1) < 1e-9, `${counts}`);
});

/** ln k! */
function logFactorial(k: number): number {
  let sum = 0;
  for (let factor = 2; factor <= k; factor++) sum += Math.log(factor);
  return sum;
}

test('where the mean is at the bound p-values of at most the level come no more often than that, over all draws', (t) => {
  const n = 40;
  const values = [0, 0.25, 1];
  let most = 0;
  for (const probabilities of [
    [0.6, 0.3, 0.1],
    [0.1, 0.2, 0.7],
    [0.5, 0.01, 0.49],
    [0.02, 0.96, 0.02],
  ]) {
    const mean = values.reduce((sum, value, place) => sum + value * probabilities[place]!, 0);
    let small = 0;
    for (let first = 0; first <= n; first++) {
      for (let second = 0; first + second <= n; second++) {
        const counts = [first, second, n - first - second];
        if (fixedBetPValue(counts, values, mean, 0.1) > 0.1) continue;
        small += Math.exp(
          counts.reduce(
            (log, count, place) => log + count * Math.log(probabilities[place]!) - logFactorial(count),
            logFactorial(n),
          ),
        );
      }
    }
    t.true(small <= 0.1, `${probabilities}: ${small}`);
    most = Math.max(most, small);
  }
  t.true(most > 0.01, `${most}`);
});

test('nothing seen is no evidence; a bound of 1 and a level of 0 are refused', (t) => {
  t.is(fixedBetPValue([0, 0], [0, 1], 0.5, 0.05), 1);
  t.throws(() => fixedBetPValue([1, 1], [0, 1], 1, 0.05), { instanceOf: RangeError });
  t.throws(() => fixedBetPValue([1, 1], [0, 1], 0.5, 0), { instanceOf: RangeError });
});
