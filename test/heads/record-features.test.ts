import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { augmentImages, passOver } from '../../lib/data/augment.js';
import type { ImageSource } from '../../lib/data/image-source.js';
import { openEngine } from '../../lib/engine/open-engine.js';
import { HEAD_KINDS } from '../../lib/heads/head-kinds.js';
import { recordFeatures } from '../../lib/heads/record-features.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import { randomBackbone } from '../../lib/network/random-network.js';
import { createRandom } from '../../lib/stats/random.js';
import { temporaryFolder } from '../support/run-cascade.js';

const COUNT = 160;
const SHAPE = [3, 32, 32] as const;
const AUGMENTATION = { crop_padding: 4, flip: true };

/** Images of noise that count which of them were asked for. */
function noiseImages(asked: number[]): ImageSource {
  return {
    name: 'noise',
    shape: SHAPE,
    count: COUNT,
    labels: new Uint16Array(COUNT),
    async readImages(rows, target) {
      const numbers = Array.from(rows);
      asked.push(...numbers);
      for (const [place, row] of numbers.entries()) {
        const random = createRandom(row);
        const size = 3 * 32 * 32;
        for (let index = 0; index < size; index++) target[place * size + index] = 256 * random();
      }
    },
    close: async () => {},
  };
}

test('features of varied images whose recording was cut off are gone on with to the same bytes', async (t) => {
  const folder = await temporaryFolder(t);
  const [engine, network] = [await openEngine(), randomBackbone(1)];
  const targetsIn = (name: string): Parameters<typeof recordFeatures>[2] =>
    cutPoints(network.graph).map(({ value, block }) => ({
      value,
      kind: HEAD_KINDS.linear,
      file: path.join(folder, name, `${block}.npy`),
    }));
  const transformFrom = (first: number) => {
    const random = createRandom(7);
    passOver(first, AUGMENTATION, random);
    return (images: Uint8Array, count: number): void =>
      augmentImages(images, count, SHAPE, AUGMENTATION, random);
  };
  await recordFeatures(engine, network, targetsIn('whole'), noiseImages([]), { transformFrom });

  // A minute passes with every look at the clock, so that every batch is brought to the disk.
  let now = 0;
  const clock = (): number => (now += 60_000);
  const stop = new AbortController();
  const onProgress = (done: number): void => {
    if (done >= 64) stop.abort(new Error('stopped'));
  };
  const cut = recordFeatures(engine, network, targetsIn('cut'), noiseImages([]), {
    ...{ transformFrom, clock, onProgress },
    signal: stop.signal,
  });
  await t.throwsAsync(cut, { message: 'stopped' });
  t.true(existsSync(path.join(folder, 'cut', '0.npy.progress')));
  t.false(existsSync(path.join(folder, 'cut', '0.npy')));

  const asked: number[] = [];
  await recordFeatures(engine, network, targetsIn('cut'), noiseImages(asked), { transformFrom });
  t.deepEqual(
    asked,
    Array.from({ length: COUNT - 64 }, (_, index) => 64 + index),
  );
  t.deepEqual((await readdir(path.join(folder, 'cut'))).sort(), ['0.npy', '1.npy', '2.npy']);
  for (const name of ['0.npy', '1.npy', '2.npy'])
    t.true(
      (await readFile(path.join(folder, 'cut', name))).equals(
        await readFile(path.join(folder, 'whole', name)),
      ),
    );
});
