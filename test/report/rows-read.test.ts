import test from 'ava';
import { CSV_FILES } from '../../lib/report/csv-files.js';
import { READ_COLUMNS } from '../../lib/report/rows-read.js';

test('every column that a picture reads is one that the file has', (t) => {
  // The rows of the two are alike, and a picture is made of either.
  const read = { ...READ_COLUMNS, 'thresholds.csv': READ_COLUMNS['shares.csv'] };
  for (const [file, wanted] of Object.entries(read)) {
    const columns: readonly string[] = CSV_FILES[file as keyof typeof read].columns;
    t.deepEqual(
      Object.keys(wanted).filter((name) => !columns.includes(name)),
      [],
      file,
    );
  }
});
