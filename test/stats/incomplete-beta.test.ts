import test from 'ava';
import { incompleteBeta } from '../../lib/stats/incomplete-beta.js';

test('incompleteBeta agrees with scipy.special.betainc (SciPy 1.17)', (t) => {
  const expected: [number, number, number, number][] = [
    [0.5, 2, 3, 0.6875],
    [0.1, 0.5, 0.5, 0.20483276469913345],
    [0.01, 5, 500, 0.5674071907229316],
    [0.9, 20, 3, 0.6200409384119034],
    [0.3, 1, 1, 0.3],
    [0.0066, 34, 4967, 0.4538805656347895],
    [0.5, 1e4, 1e4, 0.5],
    [0.999, 2, 0.1, 0.448744161733363],
    [1e-8, 0.2, 3, 0.033156900785403454],
    [0.02, 300, 1e4, 3.215658773498e-10],
  ];
  for (const [x, a, b, value] of expected) {
    t.true(
      Math.abs(incompleteBeta(x, a, b) / value - 1) < 1e-10,
      `at ${x}, ${a}, ${b}: ${incompleteBeta(x, a, b)}`,
    );
  }
});

test('incompleteBeta is exactly 0 at 0 and 1 at 1', (t) => {
  t.is(incompleteBeta(0, 3, 4), 0);
  t.is(incompleteBeta(1, 3, 4), 1);
});

test('incompleteBeta refuses arguments out of range', (t) => {
  t.throws(() => incompleteBeta(1.5, 1, 1), { instanceOf: RangeError });
  t.throws(() => incompleteBeta(0.5, 0, 1), { instanceOf: RangeError });
});
