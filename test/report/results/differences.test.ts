import test from 'ava';
import { differences } from '../../../lib/report/results/differences.js';
import type { RunRecord } from '../../../lib/report/results/run-record.js';

const [ONE, TWO] = ['1', '2'].map((digit) => digit.repeat(64)) as [string, string];

const RECORD: RunRecord = {
  schema: 1,
  command: 'eval',
  arguments: ['r56.cascade'],
  options: { results: 'results' },
  versions: { cascade: '1.0.0', commit: null, node: '20.0.0', onnxruntime: '1.30.0' },
  machine: { cpu: 'A', cores: 2, platform: 'linux x64' },
  weights: [{ file: 'r56.th', sha256: ONE }],
  data: [{ source: 'cifar10/test', images: 10_000, sha256: ONE }],
  files: { 'eval.csv': ONE, 'shares.csv': ONE, 'time.csv': ONE },
};

test('the same bytes are called that, whatever else differs and however long it took', (t) => {
  const now = { ...RECORD, options: {}, files: { ...RECORD.files, 'time.csv': TWO } };
  t.is(differences(RECORD, now), 'The CSV files have the same bytes as those of the run that was repeated');
});

test('other bytes are told with all that differs besides', (t) => {
  const now: RunRecord = {
    ...RECORD,
    versions: { ...RECORD.versions!, onnxruntime: '1.31.0', commit: 'abc' },
    weights: [{ file: 'r56.th', sha256: TWO }],
    files: { ...RECORD.files, 'eval.csv': TWO },
  };
  t.is(
    differences(RECORD, now),
    'eval.csv differs from what the repeated run wrote, and so do the commit (null, now abc), the version of onnxruntime (1.30.0, now 1.31.0), the weights',
  );
});

test('a record that was written by hand has no files to compare with', (t) => {
  t.regex(
    differences({ schema: 1, command: 'eval' }, RECORD),
    /^The record that was repeated names no CSV files/,
  );
});
