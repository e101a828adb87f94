import { readFile } from 'node:fs/promises';
import test from 'ava';
import { COLUMNS } from '../../lib/report/columns.js';
import { CSV_FILES } from '../../lib/report/csv-files.js';
import { columnsPage } from '../../scripts/columns-page/columns-page.js';

test('every column with a meaning stands in a file', (t) => {
  const used = new Set<string>(Object.values(CSV_FILES).flatMap(({ columns }) => [...columns]));
  t.deepEqual(
    Object.keys(COLUMNS).filter((name) => !used.has(name)),
    [],
  );
});

test('a column name ends in the unit of its cells', (t) => {
  const endings = {
    percent: /_percent$/,
    'percentage points': /_points$/,
    milliseconds: /(^|_)milliseconds(_per_image)?$/,
  };
  for (const [name, { unit }] of Object.entries(COLUMNS)) {
    for (const [ofUnit, ending] of Object.entries(endings)) t.is(unit === ofUnit, ending.test(name), name);
  }
});

test('docs/columns.md is made from the table', async (t) => {
  t.is(await readFile('docs/columns.md', 'utf8'), columnsPage());
});
