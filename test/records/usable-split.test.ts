import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import sharp from 'sharp';
import { locateDataset } from '../../lib/data/dataset.js';
import { LEFT_OUT_FILE, openUsable } from '../../lib/records/usable-split.js';
import { SILENT } from '../../lib/reporter.js';
import { temporaryFolder } from '../support/run-cascade.js';

function pngOf(level: number): Promise<Buffer> {
  const background = { r: level, g: level, b: level };
  return sharp({ create: { width: 2, height: 2, channels: 3, background } })
    .png()
    .toBuffer();
}

/** A data set of pictures, each as bright as its number, those with the given numbers cut off. */
async function pictures(t: ExecutionContext, count: number, ...bad: readonly number[]) {
  const folder = await temporaryFolder(t);
  const images = path.join(folder, 'all', 'grey');
  await mkdir(images, { recursive: true });
  for (let image = 0; image < count; image++) {
    const bytes = await pngOf(image);
    const name = `${String(image).padStart(3, '0')}.png`;
    await writeFile(path.join(images, name), bad.includes(image) ? bytes.subarray(0, 40) : bytes);
  }
  await mkdir(path.join(folder, 'all', 'other'));
  await writeFile(path.join(folder, 'all', 'other', 'last.png'), await pngOf(255));
  const description = {
    ...{ name: 'greys', title: 'Greys', format: 'image-folder', class_names: ['grey', 'other'] },
    ...{ shape: [1, 2, 2], normalization: { mean: [0.5], std: [0.25] } },
    // Only the first is looked at.
    files: { all: ['all'], calibration: ['calibration'], test: ['test'] },
    splits: { fit: { from: 'all' }, calibration: { from: 'calibration' }, test: { from: 'test' } },
  };
  await writeFile(path.join(folder, 'dataset.json'), JSON.stringify(description));
  return { dataset: await locateDataset(folder, folder), folder };
}

const SKIP = { onBadImage: 'skip', reporter: SILENT } as const;

test('images that cannot be decoded are left out, and stay so without looking again', async (t) => {
  const { dataset, folder } = await pictures(t, 40, 5, 33);
  const source = await openUsable(dataset, { from: 'all' }, folder, SKIP);
  t.is(source.count, 39);
  const pixels = new Uint8Array(4);
  // Number 5 is the one behind the first bad one.
  await source.readImages([5], pixels);
  t.deepEqual([...pixels], [6, 6, 6, 6]);
  t.deepEqual(JSON.parse(await readFile(path.join(folder, LEFT_OUT_FILE), 'utf8')), {
    [source.name]: [5, 33],
  });
  await source.close();
  const again = await openUsable(dataset, { from: 'all' }, folder);
  t.is(again.count, 39);
  await again.close();
});

test('where nothing is to be left out, a bad image stays and fails when it is read', async (t) => {
  const { dataset, folder } = await pictures(t, 3, 1);
  const source = await openUsable(dataset, { from: 'all' }, folder, { ...SKIP, onBadImage: 'stop' });
  t.is(source.count, 4);
  await t.throwsAsync(source.readImages([1], new Uint8Array(4)), { message: /001\.png cannot be decoded/ });
  await source.close();
});
