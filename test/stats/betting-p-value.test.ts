import test from 'ava';
import { bettingPValue } from '../../lib/stats/betting-p-value.js';
import { pairedDropTest } from '../../lib/stats/paired-drop-test.js';

test('bettingPValue agrees with a NumPy computation that multiplies the wealth input by input', (t) => {
  const expected: [number, number, number, number, number][] = [
    [26, 13, 2500, 0.01, 0.5822437900393155],
    [8, 4, 2500, 0.01, 0.0001655797386492095],
    [0, 10, 100, 0.05, 5.821384641221591e-5],
    [5, 1, 40, 0.3, 0.04673713949944654],
  ];
  for (const [breaks, repairs, n, maxDrop, pValue] of expected) {
    t.true(
      Math.abs(bettingPValue(breaks, repairs, n, maxDrop) / pValue - 1) < 1e-10,
      `${breaks}, ${repairs}`,
    );
  }
});

test('a p-value is never above 1', (t) => {
  t.is(bettingPValue(300, 0, 1000, 0.01), 1);
});

test('what betting certifies at 5 %, the exact test certifies as well', (t) => {
  const certified = [0, 5, 10, 15, 20].filter((breaks) => bettingPValue(breaks, 5, 2500, 0.01) <= 0.05);
  t.true(certified.length > 0);
  for (const breaks of certified) t.true(pairedDropTest(breaks, 5, 2500, 0.01) <= 0.05);
});
