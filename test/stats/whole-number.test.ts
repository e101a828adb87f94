import test from 'ava';
import fc from 'fast-check';
import { wholeNumber } from '../../lib/stats/whole-number.js';

test('whole numbers from 0 on are taken in each of their forms', (t) => {
  t.deepEqual(['0', '12', 7, 3n, 2 ** 53 - 1].map(wholeNumber), [0, 12, 7, 3, 2 ** 53 - 1]);
});

test('what Number would make something of is none', (t) => {
  const foreign = ['', ' ', ' 3 ', '1e1', '0x10', '3.0', '-1', '+1', '٣', null, undefined, true, [], [3], {}];
  const numbers = [3.5, -1, -1n, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2n ** 60n, String(2 ** 60)];
  for (const value of [...foreign, ...numbers]) t.is(wholeNumber(value), undefined, String(value));
});

test('any whole number survives being written in digits', (t) => {
  t.notThrows(() =>
    fc.assert(fc.property(fc.maxSafeNat(), (number) => wholeNumber(String(number)) === number)),
  );
});
