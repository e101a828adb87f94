import path from 'node:path';
import { picturesOf } from '../../../lib/report/pictures.js';
import { readReports } from '../../../lib/report/read-csv.js';
import { READ_COLUMNS } from '../../../lib/report/rows-read.js';
import { damageText } from '../mutations/text.js';
import { only, type Reader } from '../reader.js';

/** Invented rows of a kind of table, each column filled by what it holds. */
function table(columns: Readonly<Record<string, string>>): Buffer {
  const names = Object.keys(columns);
  const rows = [1, 2, 3].map((row) => names.map((name) => cell(name, columns[name]!, row)).join(','));
  return Buffer.from(`${[names.join(','), ...rows].join('\n')}\n`);
}

function cell(name: string, kind: string, row: number): string {
  if (kind === 'split') return 'test';
  return kind === 'text' ? `${name.replaceAll('_', ' ')} ${row}` : String(10 * row + (name.length % 7));
}

/** What `cascade plot` reads and lays out; the picture is drawn from checked rows alone. */
const results: Reader = {
  name: 'results-csv',
  samples: () => Object.values(READ_COLUMNS).map((columns) => ({ 'results.csv': table(columns) })),
  mutationOf: () => damageText,
  async read(folder, files) {
    return picturesOf(await readReports([path.join(folder, only(files))])).map(({ draw }) => draw());
  },
};

export const RESULT_READERS = [results] as const;
