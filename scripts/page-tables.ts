// Makes the tables in README.md and docs/ anew from the CSV files under results/.
//
// node dist/scripts/page-tables.js
import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from './page-tables/with-tables.js';
import { allPages } from './pages/blocks.js';

for (const page of allPages()) {
  const text = readFileSync(page, 'utf8');
  const made = withTables(text);
  if (made === text) continue;
  writeFileSync(page, made);
  console.log(page);
}
