import test from 'ava';
import { normalCdf } from '../../lib/stats/normal-cdf.js';

test('normalCdf agrees with scipy.stats.norm.cdf (SciPy 1.17), far tails included', (t) => {
  const expected: [number, number][] = [
    [-37, 5.7255712225239266e-300],
    [-20, 2.7536241186061556e-89],
    [-8, 6.22096057427174e-16],
    [-3.5, 0.00023262907903552502],
    [-3.0001, 0.0013494549132607172],
    [-2.9999, 0.001350341282954925],
    [-1.96, 0.024997895148220435],
    [-0.5, 0.3085375387259869],
    [0, 0.5],
    [0.1, 0.539827837277029],
    [1, 0.8413447460685429],
    [1.6448536269514722, 0.95],
    [3.5, 0.9997673709209645],
    [5, 0.9999997133484281],
  ];
  for (const [z, value] of expected) {
    t.true(Math.abs(normalCdf(z) / value - 1) < 5e-13, `at ${z}: ${normalCdf(z)}`);
  }
});

test('normalCdf is 0 and 1 at the infinities', (t) => {
  t.is(normalCdf(-Infinity), 0);
  t.is(normalCdf(Infinity), 1);
});
