import test from 'ava';
import fc from 'fast-check';
import { classNumber } from '../../lib/data/lists/class-number.js';
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

test('a label that is missing, broken or foreign says so', (t) => {
  const refused = (value: unknown, message: string): void => {
    t.throws(() => classNumber(value, 'a.parquet', 'image 3', 10), { message });
  };
  for (const value of [null, undefined, ''])
    refused(value, 'image 3 of a.parquet has no label; give it one, or take it out.');
  refused(3.5, 'a.parquet gives image 3 the label 3.5, which is not a whole number.');
  refused(true, 'a.parquet gives image 3 the label true, which is not a whole number.');
  refused('1e1', 'a.parquet gives image 3 the label 1e1, which is not a whole number.');
  for (const value of [10, -1, 10n, -1n])
    refused(value, `a.parquet gives image 3 the label ${value}, but the classes are 0 to 9.`);
  t.is(classNumber(9n, 'a.parquet', 'image 3', 10), 9);
});
