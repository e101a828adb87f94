import test from 'ava';
import { CSV_FILES } from '../../lib/report/csv-files.js';
import {
  COMPARISON_COLUMNS,
  EVAL_COLUMNS,
  EXIT_COLUMNS,
  FRONT_COLUMNS,
  LATENCY_COLUMNS,
  PROBE_COLUMNS,
  RELIABILITY_COLUMNS,
  SHARE_COLUMNS,
  TIME_COLUMNS,
} from '../../lib/report/rows-read.js';

/** What pictures read of each file. */
const READ = {
  'compare.csv': COMPARISON_COLUMNS,
  'eval.csv': EVAL_COLUMNS,
  'exits.csv': EXIT_COLUMNS,
  'front.csv': FRONT_COLUMNS,
  'latency.csv': LATENCY_COLUMNS,
  'probe.csv': PROBE_COLUMNS,
  'reliability.csv': RELIABILITY_COLUMNS,
  'shares.csv': SHARE_COLUMNS,
  'thresholds.csv': SHARE_COLUMNS,
  'time.csv': TIME_COLUMNS,
} as const;

test('every column that a picture reads is one that the file has', (t) => {
  for (const [file, read] of Object.entries(READ)) {
    const columns: readonly string[] = CSV_FILES[file as keyof typeof READ].columns;
    t.deepEqual(
      Object.keys(read).filter((name) => !columns.includes(name)),
      [],
      file,
    );
  }
});
