import test from 'ava';
import fc from 'fast-check';
import { filterWeights, PRECISION_BITS } from '../../../lib/data/pictures/filter-weights.js';

const ONE = 1 << PRECISION_BITS;
const KINDS = ['nearest', 'bilinear', 'bicubic'] as const;

/** First pixel and weights of each place, as shares of one. */
function shares(
  from: number,
  to: number,
  how: Parameters<typeof filterWeights>[3],
): (readonly [first: number, weights: readonly number[]])[] {
  const { first, taps, weights, stride } = filterWeights(from, to, [0, to], how);
  return Array.from(first, (low, place) => [
    low,
    [...weights.subarray(place * stride, place * stride + taps[place]!)].map((weight) => weight / ONE),
  ]);
}

test('half of a side by triangles of four pixels: 1, 3, 3 and 1 of 8, less what lies outside', (t) => {
  const found = shares(6, 3, { interpolation: 'bilinear', antialias: true });
  const near = (weights: readonly number[], expected: readonly number[]): void => {
    t.is(weights.length, expected.length);
    for (const [index, weight] of expected.entries())
      t.true(Math.abs(weights[index]! - weight) <= 1 / ONE, `${weights}`);
  };
  t.deepEqual(
    found.map(([first]) => first),
    [0, 1, 3],
  );
  near(found[0]![1], [3 / 7, 3 / 7, 1 / 7]);
  near(found[1]![1], [1 / 8, 3 / 8, 3 / 8, 1 / 8]);
  near(found[2]![1], [1 / 7, 3 / 7, 3 / 7]);
});

test('twice a side by a cubic has the weights of a quarter and three quarters of a pixel', (t) => {
  // Keys' cubic (a = −1/2) at distances 1.75, 0.75, 0.25 and 1.25 in 128ths.
  const [first, weights] = shares(8, 16, { interpolation: 'bicubic', antialias: true })[6]!;
  t.is(first, 1);
  t.deepEqual(weights, [-3 / 128, 29 / 128, 111 / 128, -9 / 128]);
});

test('the weights of a place sum to one and lie inside the side, whatever the sizes', (t) => {
  const side = fc.integer({ min: 1, max: 300 });
  t.notThrows(() =>
    fc.assert(
      fc.property(side, side, fc.constantFrom(...KINDS), fc.boolean(), (from, to, interpolation, antialias) =>
        shares(from, to, { interpolation, antialias }).every(([first, weights]) => {
          const sum = weights.reduce((total, weight) => total + weight, 0);
          // Each weight is rounded by itself.
          return (
            first >= 0 && first + weights.length <= from && Math.abs(sum - 1) <= (0.5 * weights.length) / ONE
          );
        }),
      ),
    ),
  );
});

test('a part of a side has the weights of its places', (t) => {
  for (const interpolation of KINDS) {
    const how = { interpolation, antialias: true };
    const [whole, part] = [filterWeights(10, 7, [0, 7], how), filterWeights(10, 7, [2, 3], how)];
    t.deepEqual(part.first, whole.first.slice(2, 5));
    t.deepEqual(part.weights, whole.weights.slice(2 * whole.stride, 5 * whole.stride));
  }
});
