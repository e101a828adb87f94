// Reads every ONNX file of a folder and holds what cascade makes of it against the file run by itself, and its multiply-accumulates
// against what fvcore counts of convolutions and products (`fvcore.json` in the folder: a number for each file, by its name):
//
// node dist/scripts/architectures.js <folder of .onnx files> [results/architectures]
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { usageError } from '../lib/errors.js';
import { readWhole } from '../lib/files/open-for-reading.js';
import { writeCsv } from '../lib/report/csv.js';
import { type ArchitectureRow, architectureRow } from './architectures/architecture-row.js';

const [folder, out = path.join('results', 'architectures')] = process.argv.slice(2);
if (folder === undefined) throw usageError('Give a folder of ONNX files.');
const counts = JSON.parse((await readWhole(path.join(folder, 'fvcore.json'))).toString('utf8')) as Readonly<
  Record<string, number>
>;
const rows: ArchitectureRow[] = [];
for (const name of (await readdir(folder)).filter((each) => each.endsWith('.onnx')).sort()) {
  const file = path.join(folder, name);
  rows.push(await architectureRow(file, counts[path.parse(name).name] ?? null));
  console.log(JSON.stringify(rows.at(-1)));
}
await writeCsv(path.join(out, 'architectures.csv'), rows);
