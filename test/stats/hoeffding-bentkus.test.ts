import test from 'ava';
import { hoeffdingBentkus } from '../../lib/stats/hoeffding-bentkus.js';

test('hoeffdingBentkus agrees with its two formulas computed by SciPy 1.17', (t) => {
  const expected: [number, number, number, number][] = [
    [0.05, 1000, 0.1, 1.6296555233663317e-8],
    [0.08, 1000, 0.1, 0.047873223411874846],
    [0, 50, 0.1, 0.0051537752073201],
    [0.12, 1000, 0.1, 1],
    [0.5026, 2500, 0.505, 0.9716087567825654],
    [0.09, 200, 0.1, 0.8917397900787856],
    [0.01, 20_000, 0.015, 1.0719660140802356e-9],
  ];
  for (const [meanLoss, n, bound, pValue] of expected) {
    t.true(
      Math.abs(hoeffdingBentkus(meanLoss, n, bound) / pValue - 1) < 1e-10,
      `${meanLoss}, ${n}, ${bound}`,
    );
  }
});

test('without any loss the p-value is (1 − bound)ⁿ', (t) => {
  t.true(Math.abs(hoeffdingBentkus(0, 20, 0.1) / 0.9 ** 20 - 1) < 1e-12);
});

test('losses that are always 1 are never certified', (t) => {
  t.is(hoeffdingBentkus(1, 10, 0.5), 1);
});

test('hoeffdingBentkus refuses a loss below 0, a bound of 0 and an empty sample', (t) => {
  t.throws(() => hoeffdingBentkus(-0.1, 10, 0.5), { instanceOf: RangeError });
  t.throws(() => hoeffdingBentkus(0.1, 10, 0), { instanceOf: RangeError });
  t.throws(() => hoeffdingBentkus(0.1, 0, 0.5), { instanceOf: RangeError });
});
