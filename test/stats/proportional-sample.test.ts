import test from 'ava';
import fc from 'fast-check';
import { proportionalSample } from '../../lib/stats/proportional-sample.js';

test('of each stratum as many are drawn as its share of all, the largest remainders rounded up', (t) => {
  const strata = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2];
  const shuffled = Uint32Array.of(9, 0, 6, 1, 7, 2, 8, 3, 4, 5);
  // Of 5 members 3, 1.5 and 0.5: the first of the two equal remainders, in the order in which strata turn up, is rounded up.
  t.deepEqual([...proportionalSample(shuffled, strata, 5)], [9, 0, 6, 1, 2]);
  t.deepEqual([...proportionalSample(shuffled, strata, 20)], [...shuffled]);
});

test('any sample has the size asked for, and of each stratum its share within one', (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }), fc.nat(60), (strata, asked) => {
      const count = Math.min(asked, strata.length);
      const sample = proportionalSample(Uint32Array.from(strata.keys()), strata, count);
      const of = (members: Iterable<number>, stratum: number): number =>
        [...members].filter((member) => strata[member] === stratum).length;
      return (
        sample.length === count &&
        [0, 1, 2, 3, 4].every((stratum) => {
          const share = (of(strata.keys(), stratum) * count) / strata.length;
          return Math.abs(of(sample, stratum) - share) < 1;
        })
      );
    }),
  );
  t.pass();
});
