import test from 'ava';
import { counted, grouped } from '../lib/counted.js';

test('whole numbers are grouped by thousands', (t) => {
  t.deepEqual([0, 999, 5000, 125_485_696, 1234.6].map(grouped), [
    '0',
    '999',
    '5,000',
    '125,485,696',
    '1,235',
  ]);
});

test('things are counted, one of them in the singular', (t) => {
  t.is(counted(0, 'image'), '0 images');
  t.is(counted(1, 'image'), '1 image');
  t.is(counted(11_000, 'image'), '11,000 images');
  t.is(counted(1, 'class', 'classes'), '1 class');
  t.is(counted(2, 'class', 'classes'), '2 classes');
});
