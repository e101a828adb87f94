import test from 'ava';
import { argmax } from '../../lib/stats/argmax.js';

test('argmax is the position of the largest value', (t) => {
  t.is(argmax([-3, 4, 1]), 1);
  t.is(argmax([-3, -4, -1]), 2);
});

test('of equal values the first is taken', (t) => {
  t.is(argmax([1, 5, 5, 0]), 1);
});

test('a stretch is searched by itself, its position counted from its start', (t) => {
  t.is(argmax([9, 1, 2, 3, 9], 1, 3), 2);
  t.is(argmax([9, 1, 2, 3], 1), 2);
});
