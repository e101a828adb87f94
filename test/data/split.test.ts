import test from 'ava';
import fc from 'fast-check';
import { stratifiedHalves } from '../../lib/data/split.js';

const labelLists = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 200 });

test('the halves are disjoint and hold every input once', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(labelLists, fc.nat(), (labels, seed) => {
        const [first, second] = stratifiedHalves(labels, seed);
        const all = [...first, ...second].sort((a, b) => a - b);
        return all.length === labels.length && all.every((index, position) => index === position);
      }),
    ),
  );
});

test('each class is divided evenly, and so is the whole', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(labelLists, fc.nat(), (labels, seed) => {
        const [first, second] = stratifiedHalves(labels, seed);
        const count = (half: Uint32Array, label: number): number =>
          half.filter((index) => labels[index] === label).length;
        const isEven = (a: number, b: number): boolean => Math.abs(a - b) <= 1;
        return (
          isEven(first.length, second.length) &&
          [0, 1, 2, 3, 4].every((label) => isEven(count(first, label), count(second, label)))
        );
      }),
    ),
  );
});

test('a seed gives the same halves again, another seed others', (t) => {
  const labels = Array.from({ length: 100 }, (_, index) => index % 10);
  t.deepEqual(stratifiedHalves(labels, 3), stratifiedHalves(labels, 3));
  t.notDeepEqual(stratifiedHalves(labels, 3), stratifiedHalves(labels, 4));
});
