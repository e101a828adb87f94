import test from 'ava';
import { bettingLogEvidence } from '../../lib/stats/betting-log-evidence.js';

test('the expected wealth at a true drop of exactly maxDrop is 1', (t) => {
  const n = 8;
  for (const [maxDrop, repair] of [
    [0.1, 0.05],
    [0, 0.3],
    [-0.2, 0.4],
    [0.02, 0],
  ] as const) {
    let expectation = 0;
    for (let breaks = 0; breaks <= n; breaks += 1) {
      for (let repairs = 0; breaks + repairs <= n; repairs += 1) {
        const rest = n - breaks - repairs;
        const ways = factorial(n) / factorial(breaks) / factorial(repairs) / factorial(rest);
        const probability =
          ways * (repair + maxDrop) ** breaks * repair ** repairs * (1 - 2 * repair - maxDrop) ** rest;
        expectation += probability * Math.exp(bettingLogEvidence(breaks, repairs, n, maxDrop));
      }
    }
    t.true(Math.abs(expectation - 1) < 1e-12, `${expectation} at ${maxDrop}`);
  }
});

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

test('one repair at maxDrop 0 multiplies the wealth by the mean of 1 + λ over λ in (0, 1)', (t) => {
  t.true(Math.abs(bettingLogEvidence(0, 1, 1, 0) - Math.log(1.5)) < 1e-14);
});

test('evidence too large for a double is still finite as a logarithm', (t) => {
  t.true(Number.isFinite(bettingLogEvidence(0, 50_000, 50_000, 0.01)));
});

test('impossible counts and a drop in percent are refused', (t) => {
  t.throws(() => bettingLogEvidence(3, 3, 5, 0.01), { instanceOf: RangeError });
  t.throws(() => bettingLogEvidence(1, 1, 5, 1), { instanceOf: RangeError });
});
