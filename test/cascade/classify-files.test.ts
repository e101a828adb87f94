import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import sharp from 'sharp';
import { loadNetwork } from '../../lib/artifact/attached-network.js';
import { type Classification, classifyFiles } from '../../lib/cascade/classify-files.js';
import { openEngine } from '../../lib/engine/open-engine.js';
import { CascadeError } from '../../lib/errors.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { createRandom } from '../../lib/stats/random.js';
import { SHAPE, smallCascade } from '../support/small-cascade.js';

/** Thresholds at which some images leave early and others do not. */
const calibration = { rule: { scoring: DEFAULT_SCORING, thresholds: [0.5, 0.5] } };

async function* each(files: readonly string[]): AsyncGenerator<string> {
  yield* files;
}

test('files come back in their order whatever the batches, and one that is no image ends the run or is told of', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const [channels, height, width] = SHAPE;
  const random = createRandom(3);
  const files = await Promise.all(
    Array.from({ length: 7 }, async (_, number) => {
      const file = path.join(folder, `${number}.png`);
      const pixels = Uint8Array.from({ length: height * width }, () => 255 * random());
      await sharp(pixels, { raw: { width, height, channels } }).png().toFile(file);
      return file;
    }),
  );
  const saved = await loadNetwork(folder, manifest);
  const engine = await openEngine('onnxruntime');
  const classified = async (
    names: readonly string[],
    batchSize: number,
    onBadImage?: (error: CascadeError) => void,
  ) => {
    const results: Classification[] = [];
    const onResult = (result: Classification): void => void results.push(result);
    await classifyFiles(engine, saved, manifest, each(names), {
      calibration,
      batchSize,
      onResult,
      onBadImage,
    });
    return results;
  };
  const single = await classified(files, 1);
  t.deepEqual(
    single.map(({ image }) => image),
    files,
  );
  const decisions = (results: readonly Classification[]) =>
    results.map(({ image, class: label, left_at, macs }) => ({ image, label, left_at, macs }));
  t.deepEqual(decisions(await classified(files, 3)), decisions(single));

  const bad = path.join(folder, 'bad.png');
  await writeFile(bad, 'no image');
  const withBad = [...files.slice(0, 2), bad, ...files.slice(2)];
  const told: string[] = [];
  t.deepEqual(
    decisions(await classified(withBad, 3, ({ message }) => told.push(message))),
    decisions(single),
  );
  t.is(told.length, 1);
  t.true(told[0]!.startsWith(bad));
  await t.throwsAsync(classified(withBad, 3), { instanceOf: CascadeError, message: /bad\.png/ });
});
