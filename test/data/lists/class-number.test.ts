import test from 'ava';
import { classNumber } from '../../../lib/data/lists/class-number.js';

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
