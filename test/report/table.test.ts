import test from 'ava';
import { grouped } from '../../lib/counted.js';
import { inPoints } from '../../lib/report/numbers.js';
import { renderTable } from '../../lib/report/table.js';

test('words stand to the left and numbers to the right, and what is not known is a dash', (t) => {
  const text = renderTable(
    ['exit', 'accuracy', 'MACs'],
    [
      ['block 8', '9.5 %', 1],
      ['full network', null, 100],
    ],
  );
  t.deepEqual(text.split('\n'), [
    'exit          accuracy  MACs',
    'block 8          9.5 %     1',
    'full network         –   100',
  ]);
});

test('several columns of words stand to the left', (t) => {
  t.is(renderTable(['a', 'kind'], [['x', 'b']], 2), 'a  kind\nx  b');
});

test('what a terminal would obey is written out', (t) => {
  t.is(renderTable(['a'], [['\u001b[2J']]), 'a\n\\x1b[2J');
});

test('of more rows than anybody reads the first are shown', (t) => {
  const lines = renderTable(
    ['a'],
    Array.from({ length: 100_000 }, (_, row) => [`row ${row}`]),
  ).split('\n');
  t.is(lines.length, 2002);
  t.deepEqual(lines.slice(-2), ['row 1999', '… (98,000 more rows)']);
});

test('large numbers are grouped, and one point is a point', (t) => {
  t.is(grouped(125_485_696), '125,485,696');
  t.is(grouped(999.5), '1,000');
  t.is(inPoints(1), '1 point');
  t.is(inPoints(0.5), '0.5 points');
});
