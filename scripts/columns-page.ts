// Writes docs/columns.md and results/columns.md from the tables of columns.
// Usage: node dist/scripts/columns-page.js
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { columnsPage } from './columns-page/columns-page.js';
import { resultColumnsPage } from './columns-page/result-columns-page.js';

await writeFile(path.join('docs', 'columns.md'), columnsPage());
await writeFile(path.join('results', 'columns.md'), resultColumnsPage());
