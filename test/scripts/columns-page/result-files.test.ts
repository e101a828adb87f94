import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { CSV_FILES } from '../../../lib/report/csv-files.js';
import { resultColumnsPage } from '../../../scripts/columns-page/result-columns-page.js';
import { RESULT_FILES } from '../../../scripts/columns-page/result-files.js';

/** The header of a file. */
interface Header {
  readonly file: string;
  readonly columns: readonly string[];
}

const HEADERS: readonly Header[] = readdirSync('results', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.csv'))
  .map((file) => {
    const [header] = readFileSync(path.join('results', file), 'utf8').split('\n');
    return { file, columns: header!.split(',') };
  });

/** What a script's file is called in the table: with its folder where that tells what it is. */
function entryOf(file: string): string | undefined {
  const ofFolder = file.split(path.sep).slice(-2).join('/');
  return [ofFolder, path.basename(file)].find((name) => name in RESULT_FILES);
}

/** The columns that a file may have, in their order. */
function columnsOf(file: string): readonly string[] | undefined {
  const entry = entryOf(file);
  if (entry !== undefined)
    return RESULT_FILES[entry]!.columns.map((column) => (typeof column === 'string' ? column : column[0]));
  // `eval.drop-2.csv` and `eval-fast.csv` are of the kind of `eval.csv`.
  const kind = path.basename(file).replace(/[-.].*/, '.csv');
  return CSV_FILES[kind as keyof typeof CSV_FILES]?.columns;
}

test('every column of every CSV file under results has a meaning, and stands where the table says', (t) => {
  t.true(HEADERS.length > 50);
  for (const { file, columns } of HEADERS) {
    const known = columnsOf(file);
    // Columns that came since stand where they are, between those of older files.
    t.deepEqual(
      columns,
      known?.filter((name) => columns.includes(name)),
      file,
    );
  }
});

test('every file and column of the table is there', (t) => {
  for (const [name, { columns }] of Object.entries(RESULT_FILES)) {
    const there = new Set(
      HEADERS.filter(({ file }) => entryOf(file) === name).flatMap((each) => each.columns),
    );
    t.deepEqual(
      columns
        .map((column) => (typeof column === 'string' ? column : column[0]))
        .filter((each) => !there.has(each)),
      [],
      name,
    );
  }
});

test('results/columns.md is made from the table', (t) => {
  t.is(readFileSync('results/columns.md', 'utf8'), resultColumnsPage());
});
