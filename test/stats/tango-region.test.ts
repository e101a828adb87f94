import test from 'ava';
import fc from 'fast-check';
import { tangoRegion } from '../../lib/stats/tango-region.js';
import { tangoScore } from '../../lib/stats/tango-score.js';

const counts = fc
  .record({ n: fc.integer({ min: 1, max: 40 }), breaks: fc.nat(40), repairs: fc.nat(40) })
  .filter(({ n, breaks, repairs }) => breaks + repairs <= n);

test('the region holds exactly the outcomes whose score is at most the observed one', (t) => {
  fc.assert(
    fc.property(counts, fc.double({ min: -0.9, max: 0.9, noNaN: true }), ({ n, breaks, repairs }, delta) => {
      const observed = tangoScore(breaks, repairs, n, delta);
      const mostBreaks = tangoRegion(breaks, repairs, n, delta);
      for (let discordant = 0; discordant <= n; discordant += 1) {
        for (let broken = 0; broken <= discordant; broken += 1) {
          const score = tangoScore(broken, discordant - broken, n, delta);
          // Ties up to rounding may fall on either side here; the region counts them in.
          if (Math.abs(score - observed) < 1e-8 * (1 + Math.abs(observed))) continue;
          t.is(broken <= mostBreaks[discordant]!, score < observed);
        }
      }
    }),
  );
});

test('the region holds the observed outcome itself', (t) => {
  fc.assert(
    fc.property(counts, fc.double({ min: -0.9, max: 0.9, noNaN: true }), ({ n, breaks, repairs }, delta) => {
      t.true(breaks <= tangoRegion(breaks, repairs, n, delta)[breaks + repairs]!);
    }),
  );
});

test('one repair and no break at delta 0 leaves the outcomes without a break', (t) => {
  t.deepEqual([...tangoRegion(0, 1, 3, 0)], [-1, 0, 0, 0]);
});
