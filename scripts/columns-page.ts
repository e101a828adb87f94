// Writes docs/columns.md from the table of columns that the tests hold the writers to.
//
// node dist/scripts/columns-page.js
import { writeFile } from 'node:fs/promises';
import { columnsPage } from './columns-page/columns-page.js';

await writeFile('docs/columns.md', columnsPage());
