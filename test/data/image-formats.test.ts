import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import sharp from 'sharp';
import { locateDataset, openSplit } from '../../lib/data/dataset.js';
import type { ImageSource } from '../../lib/data/image-source.js';
import { temporaryFolder } from '../support/run-cascade.js';

const FIXTURES = path.join('test', 'data', 'fixtures');

const CLASSES = { class_ids: ['n1', 'n2', 'n3'], class_names: ['red', 'green', 'blue'] };

/** Opens one group of files as a data set of 2×2 images in colour. */
async function open(
  folder: string,
  files: unknown,
  more: Readonly<Record<string, unknown>> = {},
): Promise<ImageSource> {
  const description = {
    name: 'mine',
    title: 'Mine',
    format: 'image-folder',
    ...CLASSES,
    shape: [3, 2, 2],
    normalization: { mean: [0, 0, 0], std: [1, 1, 1] },
    files: { all: files },
    splits: {
      fit: { from: 'all', range: [0, 1] },
      calibration: { from: 'all', range: [1, 2] },
      test: { from: 'all', range: [2, 3] },
    },
    ...more,
  };
  await writeFile(path.join(folder, 'dataset.json'), JSON.stringify(description));
  return openSplit(await locateDataset(folder, folder), { from: 'all' });
}

/** Writes a grey picture of one level. */
async function picture(file: string, level: number): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const background = { r: level, g: level, b: level };
  await sharp({ create: { width: 2, height: 2, channels: 3, background } })
    .png()
    .toFile(file);
}

/** The level of each image, asked for in this order. */
async function levels(source: ImageSource, indices: readonly number[]): Promise<number[]> {
  const into = new Uint8Array(indices.length * 12);
  await source.readImages(Uint32Array.from(indices), into);
  return indices.map((_, position) => into[12 * position]!);
}

async function classFolders(t: ExecutionContext, inside = ''): Promise<string> {
  const folder = await temporaryFolder(t);
  await picture(path.join(folder, 'all', 'n1', inside, 'b.png'), 20);
  await picture(path.join(folder, 'all', 'n1', inside, 'a.PNG'), 10);
  await picture(path.join(folder, 'all', 'n2', inside, 'c.png'), 30);
  await picture(path.join(folder, 'all', 'n3', inside, 'a.png'), 40);
  return folder;
}

test('a folder a class: classes in their order, images by name, read in any order', async (t) => {
  const source = await open(await classFolders(t), ['all']);
  t.deepEqual([...source.labels], [0, 0, 1, 2]);
  t.deepEqual(await levels(source, [3, 0, 1, 2]), [40, 10, 20, 30]);
});

test("the classes' order is that of the description, and images may lie one folder deeper", async (t) => {
  const folder = await classFolders(t, 'images');
  const source = await open(
    folder,
    { paths: ['all'], images_in: 'images' },
    { class_ids: ['n3', 'n1', 'n2'] },
  );
  t.deepEqual([...source.labels], [0, 1, 1, 2]);
  t.deepEqual(await levels(source, [0, 1]), [40, 10]);
});

test('an empty class folder, a folder of no class and a count that differs are named', async (t) => {
  const folder = await classFolders(t);
  await t.throwsAsync(open(folder, ['all'], { class_ids: ['n1', 'n2', 'n4'] }), {
    message: `${path.join(folder, 'all', 'n3')} is the folder of no class of the description; remove it, or add it to class_ids.`,
  });
  await mkdir(path.join(folder, 'all', 'n4'));
  const four = { class_ids: ['n1', 'n2', 'n3', 'n4'], class_names: ['a', 'b', 'c', 'd'] };
  await t.throwsAsync(open(folder, ['all'], four), {
    message: `${path.join(folder, 'all', 'n4')} holds no image; fill it, or leave its class out of the description.`,
  });
  await t.throwsAsync(open(folder, ['all'], { class_ids: undefined }), {
    message: `${path.join(folder, 'all')} has 4 folders and the description 3 classes; name each class once in class_names.`,
  });
});

test('an image that cannot be decoded is named when it is read', async (t) => {
  const folder = await classFolders(t);
  const bad = path.join(folder, 'all', 'n2', 'c.png');
  await writeFile(bad, 'no picture');
  const source = await open(folder, ['all']);
  t.deepEqual(await levels(source, [0, 3]), [10, 40]);
  const error = await t.throwsAsync(levels(source, [0, 2]));
  t.true(error!.message.startsWith(`${bad} cannot be decoded as an image: `));
});

async function flatFolder(t: ExecutionContext): Promise<string> {
  const folder = await temporaryFolder(t);
  for (const [index, name] of ['a', 'b', 'c'].entries())
    await picture(path.join(folder, 'flat', `${name}.png`), 10 * index);
  return folder;
}

test('a list of labels may be numbers in the order of the files, from 0 or from 1, in an order of its own', async (t) => {
  const folder = await flatFolder(t);
  const paths = ['flat', 'truth.txt'];
  await writeFile(path.join(folder, 'truth.txt'), '2\n0\n1\n');
  t.deepEqual([...(await open(folder, { format: 'image-list', paths })).labels], [2, 0, 1]);
  await writeFile(path.join(folder, 'truth.txt'), '1\n3\n3\n');
  t.deepEqual([...(await open(folder, { format: 'image-list', paths, first_label: 1 })).labels], [0, 2, 2]);
  await writeFile(path.join(folder, 'order.txt'), 'n3\nn1\nn2\n');
  const ordered = { format: 'image-list', paths, first_label: 1, label_order: 'order.txt' };
  t.deepEqual([...(await open(folder, ordered)).labels], [2, 1, 1]);
});

test('a list of labels may be CSV, JSON, or lines of file and class, with ids, numbers or names', async (t) => {
  const folder = await flatFolder(t);
  const read = async (
    name: string,
    text: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    await writeFile(path.join(folder, name), text);
    const source = await open(folder, { format: 'image-list', paths: ['flat', name], ...more });
    t.deepEqual([...source.labels], [1, 2], name);
    t.deepEqual(await levels(source, [0, 1]), [20, 0], name);
  };
  await read('a.csv', 'file,label\nc.png,1\na.png,2\n');
  const kaggle = { image_column: 'ImageId', label_column: 'PredictionString' };
  await read('b.csv', 'ImageId,PredictionString\nc,n2 85 1 499 272\na,n3 1 2 3 4 n3 5 6 7 8\n', kaggle);
  await read('a.json', '{"c.png": "green", "a.png": 2}');
  await read('b.json', '[{"file": "c.png", "label": "n2"}, {"file": "a.png", "label": 2}]');
  await read('a.txt', 'c.png\tn2\t0\t32\t44\t62\na.png\tn3\t1\t1\t2\t2\n');
  await read('b.txt', 'c.png 1\na.png 2\n');
});

test('a list that does not fit its folder or its classes says where', async (t) => {
  const folder = await flatFolder(t);
  const refused = async (name: string, text: string, message: string): Promise<void> => {
    await writeFile(path.join(folder, name), text);
    const paths = ['flat', name];
    await t.throwsAsync(open(folder, { format: 'image-list', paths }), {
      message: `${path.join(folder, name)} ${message}`,
    });
  };
  const flat = path.join(folder, 'flat');
  await refused('a.txt', '0\n1\n', `has 2 labels and ${flat} 3 images; they do not belong together.`);
  await refused(
    'b.txt',
    '0\n3\n1\n',
    'gives b.png the label 3, which is none of the 3 classes, numbered from 0.',
  );
  await refused('c.txt', 'x.png 0\n', `lists x.png, which is not in ${flat}; complete the folder.`);
  await refused('d.txt', 'a.png 0\n1\n', 'has lines with and without a file; write all of them alike.');
  await refused(
    'a.csv',
    'image,class\na.png,1\n',
    'has no columns file and label; name its columns in the description as image_column and label_column.',
  );
});

test('of several layouts the first that is there is read', async (t) => {
  const folder = await flatFolder(t);
  const layouts = [
    { format: 'image-list', paths: ['flat', 'absent.csv'] },
    { format: 'image-list', paths: ['flat', 'there.txt'] },
    { paths: ['flat'] },
  ];
  await writeFile(path.join(folder, 'there.txt'), '0\n1\n2\n');
  t.is((await open(folder, layouts)).count, 3);
});

test('Parquet shards, several row groups and pages, are read in any order', async (t) => {
  const folder = await temporaryFolder(t);
  for (const name of ['images-0.parquet', 'images-1.parquet'])
    await copyFile(path.join(FIXTURES, name), path.join(folder, name));
  const source = await open(folder, { format: 'parquet', paths: ['images-*.parquet'] });
  t.deepEqual(
    [...source.labels],
    Array.from({ length: 20 }, (_, image) => image % 3),
  );
  const order = [19, 0, 5, 6, 12, 13, 14, 7, 1, 18, 2, 3, 4, 8, 9, 10, 11, 15, 16, 17];
  t.deepEqual(
    await levels(source, order),
    order.map((image) => 10 * image),
  );
});

test('a Parquet shard that is cut off, lacks a column or has a foreign label names itself', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'a.parquet');
  const bytes = await readFile(path.join(FIXTURES, 'images-0.parquet'));
  await writeFile(file, bytes.subarray(0, bytes.length - 100));
  const group = { format: 'parquet', paths: ['a.parquet'] };
  const error = await t.throwsAsync(open(folder, group));
  t.true(error!.message.startsWith(`${file} cannot be read as Parquet: `), error!.message);
  await writeFile(file, bytes);
  await t.throwsAsync(open(folder, { ...group, image_column: 'img' }), {
    message: `${file} has no column img; name it in the description as image_column.`,
  });
  await t.throwsAsync(open(folder, group, { class_ids: ['n1', 'n2'], class_names: ['a', 'b'] }), {
    message: `${file} gives image 2 the label 2, but the classes are 0 to 1.`,
  });
});

const SVHN = {
  format: 'svhn-mat',
  class_ids: undefined,
  class_names: Array.from({ length: 10 }, (_, digit) => String(digit)),
  shape: [3, 32, 32],
};

for (const name of ['digits.mat', 'digits-plain.mat']) {
  test(`SVHN's digits come row by row, the zero as 0, from SciPy's ${name}`, async (t) => {
    const folder = await temporaryFolder(t);
    await copyFile(path.join(FIXTURES, name), path.join(folder, name));
    for (const visit of ['unpacked', 'read from what was unpacked']) {
      const source = await open(folder, [name], SVHN);
      t.deepEqual([...source.labels], [0, 1, 9], visit);
      const into = new Uint8Array(3072);
      await source.readImages([2], into);
      // The formula of make-formats.py.
      const expected = Uint8Array.from({ length: 3072 }, (_, index) => {
        const [channel, row, column] = [Math.floor(index / 1024), Math.floor(index / 32) % 32, index % 32];
        return row * 7 + column * 3 + channel * 50 + 2 * 11;
      });
      t.deepEqual(into, expected, visit);
      await source.close();
    }
  });
}

test("a file of SVHN's that is cut off or of another kind leaves nothing behind", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'digits.mat');
  const bytes = await readFile(path.join(FIXTURES, 'digits.mat'));
  const refused = async (content: Buffer | string, message: string): Promise<void> => {
    await writeFile(file, content);
    await t.throwsAsync(open(folder, ['digits.mat'], SVHN), { message: `${file} ${message}` });
  };
  await refused(bytes.subarray(0, 400), 'is cut off or damaged; download it again.');
  await refused('no digits', 'is not a MATLAB 5 file; check its name.');
  const broken = Buffer.from(bytes);
  broken.fill(0, 300, 340);
  await refused(broken, 'is cut off or damaged; download it again.');
});
