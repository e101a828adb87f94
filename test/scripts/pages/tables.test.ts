import { readFileSync } from 'node:fs';
import test from 'ava';
import { PAGE_TABLES } from '../../../scripts/page-tables/tables.js';
import { tablesOn, withTables } from '../../../scripts/page-tables/with-tables.js';
import { allPages } from '../../../scripts/pages/blocks.js';

const texts = new Map(allPages().map((page) => [page, readFileSync(page, 'utf8')]));

for (const [page, text] of texts) {
  if (tablesOn(text).length === 0) continue;
  test(`the tables of ${page} have the figures of results`, (t) => {
    t.is(text, withTables(text), 'node dist/scripts/page-tables.js makes them');
  });
}

test('every table stands on a page', (t) => {
  t.deepEqual([...new Set([...texts.values()].flatMap(tablesOn))].sort(), Object.keys(PAGE_TABLES).sort());
});

test('a table takes the place of what stood there', (t) => {
  const made = withTables('a\n<!-- table: chains -->\n\n| old |\n<!-- end of table -->\nb\n');
  t.regex(made, /^a\n<!-- table: chains -->\n\n\| networks \|[^\n]*\n[\s\S]*\n\n<!-- end of table -->\nb\n$/);
  // The last row of results/cifar10-chain/resplits.csv.
  t.regex(
    made,
    /\| CIFAR-10, ResNet-8 > ResNet-20 > ResNet-56 \| 75\.6, 78\.5, 82\.6 % \| 65\.4 % \| 75\.4 % \|/,
  );
});

test('a table that there is not is refused', (t) => {
  t.throws(() => withTables('<!-- table: nothing -->\n<!-- end of table -->'), {
    message: /no table nothing/,
  });
});
