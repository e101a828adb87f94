// Reads every file of tensors of a folder, as scripts/architectures/families.py writes them, and holds what cascade makes of their
// names against the logits that PyTorch computed, and its multiply-accumulates against what fvcore counts:
//
// node dist/scripts/families.js <folder of .pth files> [results/architectures]
import path from 'node:path';
import { usageError } from '../lib/errors.js';
import { readWhole } from '../lib/files/open-for-reading.js';
import { writeCsv } from '../lib/report/csv.js';
import { type FamilyRow, familyRow, type SavedNetwork } from './architectures/family-row.js';

const [folder, out = path.join('results', 'architectures')] = process.argv.slice(2);
if (folder === undefined) throw usageError('Give a folder of files of tensors.');
const saved = JSON.parse((await readWhole(path.join(folder, 'families.json'))).toString('utf8')) as Readonly<
  Record<string, SavedNetwork>
>;
const rows: FamilyRow[] = [];
for (const [title, network] of Object.entries(saved).sort(([one], [other]) => (one < other ? -1 : 1))) {
  rows.push(await familyRow(path.join(folder, title), network));
  console.log(JSON.stringify(rows.at(-1)));
}
await writeCsv(path.join(out, 'families.csv'), rows);
