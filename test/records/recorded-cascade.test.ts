import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import type { Manifest } from '../../lib/artifact/manifest.js';
import { importRecords } from '../../lib/cascade/import-records.js';
import { joinedOutputs, type RecordedOutputs } from '../../lib/exits/recorded-outputs.js';
import { writeNpy } from '../../lib/files/npy/npy.js';
import { loadPool, loadSplit, openRecordedSplit } from '../../lib/records/recorded-cascade.js';
import { createRandom } from '../../lib/stats/random.js';
import { temporaryFolder } from '../support/run-cascade.js';

const IMAGES = 101;
const CLASSES = 4;

/** Random logits of two exits and the full network, imported. */
async function recorded(t: ExecutionContext): Promise<{ folder: string; manifest: Manifest }> {
  const work = await temporaryFolder(t);
  const random = createRandom(7);
  const logits = ['first', 'second', 'full'].map((name) => path.join(work, `${name}.npy`));
  for (const file of logits)
    await writeNpy(
      file,
      '<f4',
      [IMAGES, CLASSES],
      Float32Array.from({ length: IMAGES * CLASSES }, () => 4 * random() - 2),
    );
  const labels = path.join(work, 'labels.npy');
  await writeNpy(
    labels,
    '<u2',
    [IMAGES],
    Uint16Array.from({ length: IMAGES }, () => Math.floor(CLASSES * random())),
  );
  const folder = path.join(work, 'random.cascade');
  const manifest = await importRecords({
    out: folder,
    logits,
    labels,
    macs: [10, 20, 30],
    name: 'random',
    force: false,
    version: '0',
  });
  return { folder, manifest };
}

test('a split that is read in parts of any size is the same inputs in the same order', async (t) => {
  const { folder, manifest } = await recorded(t);
  const whole = await loadSplit(folder, manifest, 'test', 3);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 2 * IMAGES * CLASSES }), async (valuesAtOnce) => {
      const split = await openRecordedSplit(folder, manifest, 'test', 3);
      const parts: RecordedOutputs[] = [];
      for await (const part of split.parts(valuesAtOnce)) parts.push(part);
      await split.close();
      t.deepEqual(joinedOutputs(parts), whole.outputs);
    }),
    { numRuns: 30 },
  );
});

test('the halves of a split are all of its inputs, none twice', async (t) => {
  const { folder, manifest } = await recorded(t);
  const firstLogits = ({ exitLogits }: RecordedOutputs): number[] => [...exitLogits[0]!];
  const halves = await Promise.all(
    (['calibration', 'test'] as const).map(async (role) =>
      firstLogits((await loadSplit(folder, manifest, role, 3)).outputs),
    ),
  );
  const all = firstLogits((await loadPool(folder, manifest)).outputs);
  t.is(all.length, IMAGES * CLASSES);
  t.deepEqual(
    halves.flat().sort((a, b) => a - b),
    all.sort((a, b) => a - b),
  );
});

test('a NaN is refused by its file and image, also in a later part', async (t) => {
  const { folder, manifest } = await recorded(t);
  const file = path.join(folder, 'records', 'test', 'logits-1.npy');
  const values = new Float32Array(IMAGES * CLASSES);
  values[90 * CLASSES + 2] = Number.NaN;
  await writeNpy(file, '<f4', [IMAGES, CLASSES], values);
  const split = await openRecordedSplit(folder, manifest, 'test', 3);
  const read = async (): Promise<void> => {
    for await (const part of split.parts(10 * CLASSES)) t.true(part.labels.length <= 10);
  };
  await t.throwsAsync(read(), {
    message: `${file} holds a NaN or infinite logit for image 90; record it again.`,
  });
  await split.close();
});
