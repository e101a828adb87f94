import test from 'ava';
import fc from 'fast-check';
import { normalCdf } from '../../lib/stats/normal-cdf.js';
import { normalQuantile } from '../../lib/stats/normal-quantile.js';

test('normalQuantile agrees with scipy.stats.norm.ppf (SciPy 1.17)', (t) => {
  const expected: [number, number][] = [
    [1e-300, -37.0470962993612],
    [1e-20, -9.262340089798409],
    [1e-10, -6.361340902404056],
    [1e-5, -4.264890793922825],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400545],
    [0.2, -0.8416212335729142],
    [0.6, 0.2533471031357997],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.9999, 3.719016485455709],
  ];
  for (const [probability, z] of expected) {
    t.true(Math.abs(normalQuantile(probability) / z - 1) < 1e-14, `at ${probability}`);
  }
});

test('normalQuantile inverts normalCdf', (t) => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 5, noNaN: true }), (z) => {
      t.true(Math.abs(normalQuantile(normalCdf(z)) - z) < 1e-10);
    }),
  );
});

test('normalQuantile is 0 at one half and infinite at 0 and 1', (t) => {
  t.is(normalQuantile(0.5), 0);
  t.is(normalQuantile(0), -Infinity);
  t.is(normalQuantile(1), Infinity);
});

test('normalQuantile refuses what is no probability', (t) => {
  for (const p of [-0.1, 1.1, Number.NaN]) t.throws(() => normalQuantile(p), { instanceOf: RangeError });
});
