import test from 'ava';
import fc from 'fast-check';
import { constrainedRepairs } from '../../lib/stats/constrained-repairs.js';

/** Log-likelihood of the trinomial counts at P(repair) = q and P(break) = q + delta. */
function logLikelihood(breaks: number, repairs: number, n: number, delta: number, q: number): number {
  const term = (count: number, probability: number) =>
    count === 0 ? 0 : count * Math.log(Math.max(0, probability));
  return term(breaks, q + delta) + term(repairs, q) + term(n - breaks - repairs, 1 - 2 * q - delta);
}

test('no other admissible P(repair) has a larger likelihood', (t) => {
  const counts = fc
    .record({ n: fc.integer({ min: 1, max: 200 }), first: fc.nat(200), second: fc.nat(200) })
    .filter(({ n, first, second }) => first + second <= n);
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 0.99, noNaN: true }), ({ n, first, second }, delta) => {
      const q = constrainedRepairs(first, second, n, delta);
      const best = logLikelihood(first, second, n, delta, Math.min(q, (1 - delta) / 2));
      for (let step = 0; step <= 100; step += 1) {
        const other = ((1 - delta) / 2) * (step / 100);
        t.true(logLikelihood(first, second, n, delta, other) <= best + 1e-7);
      }
    }),
  );
});

test('at delta 0 the discordant pairs are shared equally', (t) => {
  t.is(constrainedRepairs(6, 2, 20, 0), 0.2);
});

test('without repairs and with few breaks there is no evidence for repairs', (t) => {
  t.is(constrainedRepairs(1, 0, 100, 0.05), 0);
});
