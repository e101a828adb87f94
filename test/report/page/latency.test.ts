import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { csvText } from '../../../lib/report/csv.js';
import { measuredLatency } from '../../../lib/report/page/latency.js';
import { latencyRows } from '../../../lib/report/time-rows.js';
import { temporaryFolder } from '../../support/run-cascade.js';
import { CALIBRATION, MANIFEST, TIMED_CASCADE, TIMED_RUN } from '../sample-cascade.js';

test('what was measured of the same choice is shown, of another one not, and what is no CSV is nothing', async (t) => {
  const results = await temporaryFolder(t);
  t.is(await measuredLatency(results, MANIFEST, CALIBRATION, ''), null);
  const file = path.join(results, 'r56', 'latency.csv');
  await mkdir(path.dirname(file));
  await writeFile(file, csvText(latencyRows(TIMED_CASCADE, TIMED_RUN)));
  const latency = await measuredLatency(results, MANIFEST, CALIBRATION, '');
  t.is(latency?.engine, 'onnxruntime');
  t.deepEqual(
    latency?.rows.map(({ leftAt, timings, p50 }) => [leftAt, timings, p50]),
    [
      ['block 8', '3', '2'],
      ['full network', '1', '4'],
      ['all images', '4', '2.5'],
    ],
  );
  t.is(await measuredLatency(results, MANIFEST, CALIBRATION, '-fast'), null, 'that of another file');
  for (const other of [
    { split_seed: 8 },
    { target: { kind: 'max-drop', drop: 0.02 } } as const,
    { promise: null },
  ])
    t.is(await measuredLatency(results, MANIFEST, { ...CALIBRATION, ...other }, ''), null);
  await writeFile(file, '"');
  t.is(await measuredLatency(results, MANIFEST, CALIBRATION, ''), null);
});

test('a pipe in its place is nothing, and not waited for', async (t) => {
  const results = await temporaryFolder(t);
  await mkdir(path.join(results, 'r56'));
  execFileSync('mkfifo', [path.join(results, 'r56', 'latency.csv')]);
  t.is(await measuredLatency(results, MANIFEST, CALIBRATION, ''), null);
});
