import test from 'ava';
import { bettingMeanPValue } from '../../lib/stats/betting-mean-test.js';
import { createRandom } from '../../lib/stats/random.js';

const FEW = [0, 0.5, 0, 0.25, 0, 0, 0, 0.5, 0, 0, 0, 0];
const EVEN = Array.from({ length: 400 }, (_, index) => (0.8 * ((index * 7919) % 101)) / 100);
const UNEVEN = Array.from({ length: 250 }, (_, index) => (index % 3 === 0 ? ((index * 31) % 17) / 16 : 0.1));

test('bettingMeanPValue is 1 over the most wealth of betting_mart in the Python package confseq', (t) => {
  // betting_mart(x, bound, alpha=level, theta=0, trunc_scale=0.5, lambdas_fn_negative=lambda_predmix_eb(x, alpha=level, fixed_n=len(x)))
  const expected: [readonly number[], number, number, number][] = [
    [FEW, 0.5, 0.05, 0.020809835898999138],
    [EVEN, 0.45, 0.05, 0.0005730816308755979],
    [EVEN, 0.42, 0.01, 0.39968974932800305],
    [UNEVEN, 0.3, 0.05, 0.003200977899862635],
  ];
  for (const [values, bound, level, pValue] of expected)
    t.true(Math.abs(bettingMeanPValue(values, bound, level) / pValue - 1) < 1e-9, `${bound}, ${level}`);
});

test('nothing seen is no evidence, and neither are values at the bound', (t) => {
  t.is(bettingMeanPValue([], 0.5, 0.05), 1);
  t.is(bettingMeanPValue([0.5, 0.5, 0.5], 0.5, 0.05), 1);
});

test('where the mean is at the bound one in twenty p-values at most is below 5 %, for values of any spread', (t) => {
  const draws = 2000;
  let most = 0;
  for (const [values, probabilities] of [
    [
      [0, 1],
      [0.7, 1],
    ],
    [
      [0, 0.3, 1],
      [0.4, 0.8571428571428571, 1],
    ],
    [
      [0.2, 0.4],
      [0.5, 1],
    ],
  ] as const) {
    const mean = values.reduce<number>(
      (sum, value, place) => sum + value * (probabilities[place]! - (probabilities[place - 1] ?? 0)),
      0,
    );
    const random = createRandom(17);
    let small = 0;
    for (let draw = 0; draw < draws; draw++) {
      const sample = Float64Array.from({ length: 200 }, () => {
        const at = random();
        return values[probabilities.findIndex((most) => at < most)]!;
      });
      if (bettingMeanPValue(sample, mean, 0.05) <= 0.05) small++;
    }
    t.true(small <= 0.05 * draws, `${small}`);
    most = Math.max(most, small);
  }
  t.true(most > 0.02 * draws, `${most}`);
});

test('a bound of 0 or 1 and a level of 0 are refused', (t) => {
  t.throws(() => bettingMeanPValue([0.5], 0, 0.05), { instanceOf: RangeError });
  t.throws(() => bettingMeanPValue([0.5], 1, 0.05), { instanceOf: RangeError });
  t.throws(() => bettingMeanPValue([0.5], 0.5, 0), { instanceOf: RangeError });
});
