import test from 'ava';
import { permutation } from '../../lib/stats/permutation.js';
import { createRandom } from '../../lib/stats/random.js';

test('a permutation holds every number once', (t) => {
  const order = permutation(1000, createRandom(3));
  t.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from({ length: 1000 }, (_, index) => index),
  );
});

test('the same seed gives the same order, another seed another', (t) => {
  t.deepEqual(permutation(20, createRandom(7)), permutation(20, createRandom(7)));
  t.notDeepEqual(permutation(20, createRandom(7)), permutation(20, createRandom(8)));
});

test('all orders of three are equally likely', (t) => {
  const random = createRandom(0);
  const draws = 60_000;
  const counts = new Map<string, number>();
  for (let draw = 0; draw < draws; draw++) {
    const order = permutation(3, random).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  const expected = draws / 6;
  t.is(counts.size, 6);
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // scipy.stats.chi2.ppf(0.999, 5)
  t.true(chiSquare < 20.515);
});

test('no number and one number have one order', (t) => {
  t.deepEqual([...permutation(0, createRandom(0))], []);
  t.deepEqual([...permutation(1, createRandom(0))], [0]);
});
