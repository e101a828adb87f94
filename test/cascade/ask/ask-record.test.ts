import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { loadAskRecord, readQuestion, saveAskRecord } from '../../../lib/cascade/ask/ask-record.js';
import { readsOrRefuses } from '../../support/mutations.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const RECORD = {
  ...{ cascade_version: '0.1.0', cascade: 'r20', cascade_sha256: 'a'.repeat(64) },
  ...{ max_drop_points: 2, confidence_percent: 95, method: 'paper-path' as const },
  scoring: { criterion: 'softmax' as const, top: 1, averaging: 0.4 },
  ...{ seed: 7, most_labels: null, source: 'photographs', images: 20, outputs_sha256: 'b'.repeat(64) },
  asked: [{ image: 3, picture: '1.png', file: 'photographs/a.png' }],
};

test('what was asked is kept in percent and read in fractions', async (t) => {
  const folder = await temporaryFolder(t);
  await saveAskRecord(folder, RECORD);
  t.deepEqual(JSON.parse(await readFile(path.join(folder, 'ask.json'), 'utf8')), { schema: 1, ...RECORD });
  t.deepEqual(readQuestion(await loadAskRecord(folder)), {
    search: { method: 'paper-path', scoring: RECORD.scoring, labelFree: false },
    ...{ maxDrop: 0.02, confidence: 0.95, seed: 7, mostLabels: null },
  });
});

test('a changed ask.json is understood or refused in one sentence', async (t) => {
  const folder = await temporaryFolder(t);
  await saveAskRecord(folder, RECORD);
  await readsOrRefuses(t, path.join(folder, 'ask.json'), async () =>
    readQuestion(await loadAskRecord(folder)),
  );
});

test('answers without what was asked beside them say where they belong', async (t) => {
  const folder = await temporaryFolder(t);
  await t.throwsAsync(loadAskRecord(folder), {
    message: `${path.join(folder, 'ask.json')} is not there; put the answers into the folder that cascade ask made.`,
  });
});
