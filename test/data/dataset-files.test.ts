import { mkdir, open as openFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import { locateDataset } from '../../lib/data/dataset.js';
import { loadDescription } from '../../lib/data/dataset-description.js';
import { knownDatasets } from '../../lib/data/find-description.js';
import { openCifarBinary } from '../../lib/data/formats/cifar-binary.js';
import { openIdx } from '../../lib/data/formats/idx.js';
import { createRandom } from '../../lib/stats/random.js';
import { temporaryFolder } from '../support/run-cascade.js';

const CIFAR10 = { labelBytes: 1, labelByte: 0, classes: 10 };
const RECORD = 3073;

/** CIFAR-10 records of random pixels; the label of the i-th is i modulo 10. */
function cifarRecords(images: number, seed: number): Buffer {
  const random = createRandom(seed);
  const bytes = Buffer.from(Uint8Array.from({ length: images * RECORD }, () => random() * 256));
  for (let image = 0; image < images; image++) bytes[image * RECORD] = image % 10;
  return bytes;
}

test('images of several CIFAR files are read by their number, in any order', async (t) => {
  const folder = await temporaryFolder(t);
  const parts = [cifarRecords(12, 1), cifarRecords(5, 2)];
  const files = await Promise.all(
    parts.map(async (bytes, index) => {
      const file = path.join(folder, `${index}.bin`);
      await writeFile(file, bytes);
      return file;
    }),
  );
  const source = await openCifarBinary('mine', files, CIFAR10);
  t.is(source.count, 17);
  t.deepEqual([...source.labels.slice(10)], [0, 1, 0, 1, 2, 3, 4]);
  const into = new Uint8Array(3 * 3072);
  await source.readImages(Uint32Array.of(16, 0, 11), into);
  const pixels = (part: number, image: number): Buffer =>
    parts[part]!.subarray(image * RECORD + 1, (image + 1) * RECORD);
  t.deepEqual(Buffer.from(into), Buffer.concat([pixels(1, 4), pixels(0, 0), pixels(0, 11)]));
  await source.close();
});

test('CIFAR-100 takes the fine label behind the coarse one', async (t) => {
  const folder = await temporaryFolder(t);
  const bytes = Buffer.alloc(3074, 9);
  bytes[0] = 3;
  bytes[1] = 77;
  await writeFile(path.join(folder, 'a.bin'), bytes);
  const source = await openCifarBinary('mine', [path.join(folder, 'a.bin')], {
    labelBytes: 2,
    labelByte: 1,
    classes: 100,
  });
  t.deepEqual([...source.labels], [77]);
  await source.close();
});

test('a CIFAR file that is cut off names itself and the remedy', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.bin');
  await writeFile(file, cifarRecords(2, 0).subarray(0, 2 * RECORD - 1));
  await t.throwsAsync(openCifarBinary('mine', [file], CIFAR10), {
    message: `${file} is not a whole number of 3073-byte images; download the data set again.`,
  });
});

test('a label beyond the classes names file and image', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.bin');
  const bytes = cifarRecords(2, 0);
  bytes[RECORD] = 10;
  await writeFile(file, bytes);
  await t.throwsAsync(openCifarBinary('mine', [file], CIFAR10), {
    message: `${file} gives image 1 the label 10, but the classes are 0 to 9; check that the file is of this data set.`,
  });
});

/** An IDX file: two zero bytes, type 8 (unsigned bytes), sizes, bytes. */
function idx(sizes: readonly number[], bytes: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header[2] = 8;
  header[3] = sizes.length;
  for (const [index, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * index);
  return Buffer.concat([header, Buffer.from(bytes)]);
}

test('IDX files are read plain and compressed', async (t) => {
  const folder = await temporaryFolder(t);
  const [images, labels] = [path.join(folder, 'images.gz'), path.join(folder, 'labels')];
  await writeFile(images, gzipSync(idx([2, 1, 3], [1, 2, 3, 4, 5, 6])));
  await writeFile(labels, idx([2], [1, 0]));
  const source = await openIdx('mine', images, labels, 2);
  t.deepEqual([...source.shape], [1, 1, 3]);
  const into = new Uint8Array(3);
  await source.readImages(Uint32Array.of(1), into);
  t.deepEqual([...into], [4, 5, 6]);
  t.deepEqual([...source.labels], [1, 0]);
});

test('IDX files that are swapped, cut off, of other lengths or with a foreign label say so', async (t) => {
  const folder = await temporaryFolder(t);
  const write = async (name: string, bytes: Buffer): Promise<string> => {
    await writeFile(path.join(folder, name), bytes);
    return path.join(folder, name);
  };
  const images = await write('images', idx([2, 1, 1], [7, 8]));
  const labels = await write('labels', idx([2], [1, 0]));
  await t.throwsAsync(openIdx('mine', labels, images, 2), { message: /is not an IDX file of images/ });
  const short = await write('short', idx([2, 1, 1], [7]));
  await t.throwsAsync(openIdx('mine', short, labels, 2), {
    message: `${short} is cut off or damaged; download it again.`,
  });
  const three = await write('three', idx([3], [1, 0, 1]));
  await t.throwsAsync(openIdx('mine', images, three, 2), {
    message: `${images} has 2 images and ${three} 3 labels; they do not belong together.`,
  });
  const foreign = await write('foreign', idx([2], [0, 2]));
  await t.throwsAsync(openIdx('mine', images, foreign, 2), {
    message: `${foreign} gives image 1 the label 2, but the classes are 0 to 1.`,
  });
});

test('an IDX file that unpacks to far more than it may hold is one sentence', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'images.gz');
  // A gzip member of 32 MB of zeros, nine times in a row, takes 300 kB.
  const member = gzipSync(Buffer.alloc(2 ** 25));
  await writeFile(file, Buffer.concat(Array.from({ length: 9 }, () => member)));
  await t.throwsAsync(openIdx('mine', file, file, 2), {
    message: `${file} cannot be read: it unpacks to more than such a file holds.`,
  });
});

test('a split of more images than a call takes arguments is opened', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'many.bin');
  const count = 130_000;
  // Sparse: all of them black and of class 0, but for the last.
  const handle = await openFile(file, 'w');
  await handle.truncate(count * 3073);
  await handle.write(Buffer.of(9), 0, 1, (count - 1) * 3073);
  await handle.close();
  const source = await openCifarBinary('mine', [file], { labelBytes: 1, labelByte: 0, classes: 10 });
  t.is(source.count, count);
  t.deepEqual([source.labels[0], source.labels.at(-1)], [0, 9]);
  await source.close();
});

test('every description that comes with cascade is valid', async (t) => {
  for (const name of await knownDatasets()) {
    const { description } = await loadDescription(name);
    t.is(description.name, name);
  }
  const { description } = await loadDescription('imagenet');
  // torchvision.models.ResNet50_Weights.DEFAULT.meta['categories'], and the WordNet ids in their sorted order.
  const [names, ids] = [description.class_names, description.class_ids!];
  t.deepEqual([names[0], names[207], names[999]], ['tench', 'golden retriever', 'toilet tissue']);
  t.deepEqual([ids[0], ids[207], ids[999]], ['n01440764', 'n02099601', 'n15075141']);
  t.deepEqual(ids, [...ids].sort());
});

test('a data set that is not there says which file was looked for and how to get it', async (t) => {
  const folder = await temporaryFolder(t);
  await t.throwsAsync(locateDataset('cifar10', folder), {
    message: `CIFAR-10 is not in ${folder} (data_batch_1.bin was looked for); run \`cascade fetch cifar10\` or name its folder with --data-dir.`,
  });
});

test('a description that uses images twice is refused', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'mine');
  await mkdir(folder);
  const description = {
    name: 'mine',
    title: 'Mine',
    format: 'idx',
    class_names: ['a', 'b'],
    shape: [1, 1, 1],
    normalization: { mean: [0], std: [1] },
    files: { all: ['images', 'labels'] },
    splits: {
      fit: { from: 'all', range: [0, 10] },
      calibration: { from: 'all', range: [9, 20] },
      test: { from: 'all', range: [20, 30] },
    },
  };
  const file = path.join(folder, 'dataset.json');
  await writeFile(file, JSON.stringify(description));
  await t.throwsAsync(loadDescription(folder), {
    message: `${file} uses the same images for fit and calibration; no image may serve two purposes.`,
  });
  await writeFile(file, JSON.stringify({ ...description, normalisation: {} }));
  await t.throwsAsync(loadDescription(folder), {
    message:
      /dataset\.json is no valid data set description: there is no field "normalisation"; look for a misspelt name\.$/,
  });
  await writeFile(file, JSON.stringify({ ...description, shape: [1, 1] }));
  await t.throwsAsync(loadDescription(folder), {
    message: /dataset\.json is no valid data set description: shape/,
  });
});
