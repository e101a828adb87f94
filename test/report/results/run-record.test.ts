import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { loadRunRecord, type RunRecord } from '../../../lib/report/results/run-record.js';
import { readsOrRefuses } from '../../support/mutations.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const RECORD: RunRecord = {
  ...{ schema: 1, command: 'eval', command_line: 'cascade eval r20.cascade', arguments: ['r20.cascade'] },
  options: { use: 'fast', 'split-seed': '0', measure: true, batch: ['1', '128'] },
  versions: { cascade: '0.1.0', commit: null, node: '20.17.0', onnxruntime: null },
  machine: { cpu: 'EPYC', cores: 2, platform: 'linux x64' },
  weights: [{ file: 'resnet20.th', sha256: 'a'.repeat(64) }],
  data: [{ source: 'cifar10/test', images: 10_000, sha256: 'b'.repeat(64) }],
  files: { 'eval.csv': 'c'.repeat(64) },
};

test('a record is read as it was written, and one by hand may say no more than the command', async (t) => {
  const file = path.join(await temporaryFolder(t), 'eval.run.json');
  for (const record of [RECORD, { schema: 1, command: 'eval' }]) {
    await writeFile(file, JSON.stringify(record));
    t.deepEqual(await loadRunRecord(file), record as RunRecord);
  }
});

test('a changed record is understood or refused in one sentence', async (t) => {
  const file = path.join(await temporaryFolder(t), 'eval.run.json');
  await writeFile(file, JSON.stringify(RECORD));
  await readsOrRefuses(t, file, () => loadRunRecord(file));
});
