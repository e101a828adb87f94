// Runs the commands that pages show, each page in a folder of its own: what a reader types must work.
//
// node dist/scripts/run-pages.js [--with cifar,minutes] [page…]      (all pages if none is named)
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { allPages, commandBlocks } from './pages/blocks.js';
import { furnish, runBlock } from './pages/run-block.js';

const { values, positionals } = parseArgs({
  options: { with: { type: 'string', default: '' } },
  allowPositionals: true,
});
const met = values.with.split(',');
for (const page of positionals.length > 0 ? positionals : allPages()) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cascade-page-'));
  furnish(folder);
  for (const block of commandBlocks(page)) {
    const missing = block.needs.filter((need) => !met.includes(need));
    console.log(
      `${page}:${block.line} ${missing.length > 0 ? `is left out: it needs ${missing.join(', ')}` : folder}`,
    );
    if (missing.length === 0) runBlock(block, folder);
  }
}
