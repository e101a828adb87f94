import path from 'node:path';
import test from 'ava';
import { chosenTiming, notMeasured } from '../../../lib/artifact/timings/chosen-timing.js';
import { pricesOf } from '../../../lib/artifact/timings/prices.js';
import type { Timing } from '../../../lib/artifact/timings/timing-schema.js';
import { loadTimings, saveTimings } from '../../../lib/artifact/timings/timings.js';
import { MANIFEST } from '../../report/sample-cascade.js';
import { readsOrRefuses } from '../../support/mutations.js';
import { temporaryFolder } from '../../support/run-cascade.js';
import { exactly, TIMING } from '../../support/timing.js';

const BATCHED: Timing = { ...TIMING, batch_size: 128, full: exactly(1_600_000) };
const ELSEWHERE: Timing = { ...TIMING, cpu: 'another', full: exactly(9_000_000) };
const ON_TENSORFLOW: Timing = {
  ...TIMING,
  engine: { name: 'tensorflow', version: '4.22.0', backend: 'wasm' },
  full: exactly(7_000_000),
};

test('timings are read as they were written, and the newest of a kind takes the place of the older', async (t) => {
  const folder = await temporaryFolder(t);
  t.deepEqual(await loadTimings(folder, MANIFEST), []);
  await saveTimings(folder, [TIMING, BATCHED], MANIFEST);
  t.deepEqual(await loadTimings(folder, MANIFEST), [TIMING, BATCHED]);
  const newer: Timing = {
    ...TIMING,
    engine: { name: 'onnxruntime', version: '2.0.0' },
    full: exactly(1_900_000),
  };
  await saveTimings(folder, [newer, ELSEWHERE, ON_TENSORFLOW], MANIFEST);
  t.deepEqual(await loadTimings(folder, MANIFEST), [BATCHED, newer, ELSEWHERE, ON_TENSORFLOW]);
});

test('a changed timings.json is understood or refused in one sentence', async (t) => {
  const folder = await temporaryFolder(t);
  await saveTimings(folder, [TIMING, BATCHED, ON_TENSORFLOW], MANIFEST);
  await readsOrRefuses(t, path.join(folder, 'timings.json'), async () => {
    for (const timing of await loadTimings(folder, MANIFEST)) pricesOf(MANIFEST, timing);
  });
});

test('times that fall from exit to exit, or of other exits, are refused with the field', async (t) => {
  const folder = await temporaryFolder(t);
  const falling = [TIMING.exits[0]!, { ...TIMING.exits[1]!, trunk: exactly(700_000) }];
  await saveTimings(folder, [{ ...TIMING, exits: falling }], MANIFEST);
  await t.throwsAsync(loadTimings(folder, MANIFEST), {
    message: `${path.join(folder, 'timings.json')} is damaged (timings.0.exits.0.trunk: the times must not fall from exit to exit); delete it and measure again.`,
  });
  await t.throwsAsync(loadTimings(folder, { ...MANIFEST, exits: MANIFEST.exits.slice(1) }), {
    message: /timings\.0\.exits: they are not this cascade's, which stand after block 17\); delete it/,
  });
});

test('the measurement of this machine, engine and batch is taken, onnxruntime first', (t) => {
  const wanted = { processor: TIMING, batchSize: 1, engine: 'auto' };
  const all = [TIMING, BATCHED, ON_TENSORFLOW, ELSEWHERE];
  t.is(chosenTiming(all, wanted), TIMING);
  t.is(chosenTiming(all, { ...wanted, batchSize: 128 }), BATCHED);
  t.is(chosenTiming(all, { ...wanted, engine: 'tensorflow' }), ON_TENSORFLOW);
  t.is(chosenTiming(all, { ...wanted, engine: 'tensorflow', backend: 'cpu' }), undefined);
  t.is(chosenTiming([ON_TENSORFLOW], wanted), ON_TENSORFLOW);
  t.is(chosenTiming([ELSEWHERE], wanted), undefined);
});

test('a missing measurement is said with the command that makes it', (t) => {
  const wanted = { processor: TIMING, batchSize: 1, engine: 'auto' };
  t.is(
    notMeasured('my.cascade', wanted).message,
    'my.cascade has no times of this machine for one image at once; run `cascade measure my.cascade` first.',
  );
  t.is(
    notMeasured('my.cascade', { ...wanted, batchSize: 32, engine: 'tensorflow', backend: 'wasm' }).message,
    'my.cascade has no times of this machine for 32 images at once with the engine tensorflow on wasm; run `cascade measure my.cascade --batch 32 --engine tensorflow` first.',
  );
});

test('a timing prices exits in nanoseconds', (t) => {
  t.deepEqual(pricesOf(MANIFEST, TIMING).time?.costs, {
    backbone: [800_000, 1_400_000],
    heads: [60_000, 100_500],
    full: 2_000_000,
  });
  t.is(pricesOf(MANIFEST, null).time, null);
});
