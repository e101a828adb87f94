// Writes docs/methods.md from what `compare --methods all --confidence 95%` has found on each network.
//
// node dist/scripts/methods-page.js <compare.csv…>
import { writeFile } from 'node:fs/promises';
import { usageError } from '../lib/errors.js';
import { readComparedNetwork, withOtherHeads } from './methods-page/compared-network.js';
import { methodsPage } from './methods-page/methods-page.js';

const files = process.argv.slice(2);
if (files.length === 0) throw usageError('Give the compare.csv of each network.');
const networks = await Promise.all(files.map(readComparedNetwork));
await writeFile('docs/methods.md', methodsPage(withOtherHeads(networks)));
