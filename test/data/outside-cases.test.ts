import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import { locateDataset, openSplit } from '../../lib/data/dataset.js';
import type { ImageSource } from '../../lib/data/image-source.js';
import { openParquetImages } from '../../lib/data/parquet/parquet-images.js';
import { testWith } from '../support/needs.js';
import { sharedCase } from '../support/real-data.js';
import { temporaryFolder } from '../support/run-cascade.js';

async function openAll(t: ExecutionContext, folder: string): Promise<ImageSource> {
  const source = await openSplit(await locateDataset(folder, folder), { from: 'all' });
  t.teardown(() => source.close());
  return source;
}

/** How bright the first pixel of each image is: pictures of the first class are dark, those of the second bright. */
async function brightClasses(source: ImageSource): Promise<number[]> {
  const size = source.shape.reduce((product, length) => product * length, 1);
  const pixels = new Uint8Array(source.count * size);
  await source.readImages(
    Uint32Array.from({ length: source.count }, (_, index) => index),
    pixels,
  );
  return Array.from({ length: source.count }, (_, index) => Number(pixels[index * size]! > 128));
}

for (const name of [
  'spaces-in-list',
  'apple-double-folder',
  'apple-double-labels',
  'semicolon-csv',
  'ppm-only',
]) {
  const folder = sharedCase(name);
  testWith(folder, `each picture of ${name} has its label`, async (t) => {
    const source = await openAll(t, folder.path);
    t.is(source.count, 40);
    t.deepEqual([...source.labels], await brightClasses(source));
  });
}

const BY_NAME = sharedCase('class-names-order');

testWith(BY_NAME, 'folders called like the classes are those classes', async (t) => {
  const folder = BY_NAME.path;
  const dataset = await locateDataset(folder, folder);
  const source = await openSplit(dataset, dataset.description.splits.test);
  t.deepEqual(dataset.description.class_names, ['light', 'dark']);
  t.deepEqual(
    [...source.labels],
    (await brightClasses(source)).map((bright) => 1 - bright),
  );
});

const NULL_LABELS = sharedCase('parquet-null-labels');

testWith(NULL_LABELS, 'a label that is null is no class', async (t) => {
  const folder = NULL_LABELS.path;
  const dataset = await locateDataset(folder, folder);
  await t.throwsAsync(openSplit(dataset, dataset.description.splits.fit), {
    message: /^image 3 of .*\.parquet has no label; give it one, or take it out\.$/,
  });
});

const NEGATIVE_PAGE = sharedCase('hostile', 'negative-page.parquet');

testWith(NEGATIVE_PAGE, 'a page of negative length is one sentence', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.parquet');
  await copyFile(NEGATIVE_PAGE.path, file);
  const columns = { image: 'image', label: 'label' };
  const classes = { class_ids: undefined, class_names: ['a', 'b', 'c'] };
  const read = async (): Promise<void> => {
    const images = await openParquetImages('mine', [file], columns, classes);
    t.teardown(() => images.close!());
    await images.imageOf(0);
  };
  await t.throwsAsync(read, {
    message: `${file} cannot be read as Parquet: a page of it has no size; check it, or download it again.`,
  });
});
