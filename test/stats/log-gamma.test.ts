import test from 'ava';
import { logGamma } from '../../lib/stats/log-gamma.js';

test('logGamma agrees with scipy.special.gammaln (SciPy 1.17)', (t) => {
  const expected: [number, number][] = [
    [1e-3, 6.907178885383853],
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [1, 0],
    [1.5, -0.12078223763524526],
    [3.3, 0.9870985778947343],
    [15.9, 27.625493215168696],
    [16, 27.899271383840894],
    [100.5, 361.43554046777757],
    [1e4, 82099.71749644238],
    [1e6, 12815504.569147611],
  ];
  for (const [x, value] of expected) {
    t.true(Math.abs(logGamma(x) - value) <= 2e-14 + 1e-15 * value, `at ${x}: ${logGamma(x)}`);
  }
});

test('logGamma refuses zero, negative numbers and infinity', (t) => {
  for (const x of [0, -1, Infinity, Number.NaN]) t.throws(() => logGamma(x), { instanceOf: RangeError });
});
