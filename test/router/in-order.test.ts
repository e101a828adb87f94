import test from 'ava';
import fc from 'fast-check';
import { InOrder } from '../../lib/router/in-order.js';

test('things come in the order of their numbers, each as soon as those before it are there', (t) => {
  const out: string[] = [];
  const order = new InOrder<string>((item) => out.push(item));
  order.add(1, 'b');
  order.add(3, 'd');
  t.deepEqual(out, []);
  t.is(order.waiting, 2);
  order.add(0, 'a');
  t.deepEqual(out, ['a', 'b']);
  t.is(order.waiting, 1);
  order.add(2, 'c');
  t.deepEqual(out, ['a', 'b', 'c', 'd']);
  t.is(order.waiting, 0);
});

test('any order of coming ends in the order of numbers', (t) => {
  const numbers = Array.from({ length: 12 }, (_, number) => number);
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.shuffledSubarray(numbers, { minLength: 12 }), (coming) => {
        const out: number[] = [];
        const order = new InOrder<number>((item) => out.push(item));
        for (const number of coming) order.add(number, number);
        t.deepEqual(out, numbers);
      }),
    ),
  );
});
