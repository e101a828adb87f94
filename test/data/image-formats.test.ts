import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { locateDataset, openSplit } from '../../lib/data/dataset.js';
import { levelsOf, openFiles, writePicture } from '../support/image-files.js';
import { temporaryFolder } from '../support/run-cascade.js';

async function classFolders(t: ExecutionContext, inside = ''): Promise<string> {
  const folder = await temporaryFolder(t);
  await writePicture(path.join(folder, 'all', 'n1', inside, 'b.png'), 20);
  await writePicture(path.join(folder, 'all', 'n1', inside, 'a.PNG'), 10);
  await writePicture(path.join(folder, 'all', 'n2', inside, 'c.png'), 30);
  await writePicture(path.join(folder, 'all', 'n3', inside, 'a.png'), 40);
  return folder;
}

test('a folder a class: classes in their order, images by name, read in any order', async (t) => {
  const source = await openFiles(await classFolders(t), ['all']);
  t.deepEqual([...source.labels], [0, 0, 1, 2]);
  t.deepEqual(await levelsOf(source, [3, 0, 1, 2]), [40, 10, 20, 30]);
});

test("the classes' order is that of the description, and images may lie one folder deeper", async (t) => {
  const folder = await classFolders(t, 'images');
  const source = await openFiles(
    folder,
    { paths: ['all'], images_in: 'images' },
    { class_ids: ['n3', 'n1', 'n2'] },
  );
  t.deepEqual([...source.labels], [0, 1, 1, 2]);
  t.deepEqual(await levelsOf(source, [0, 1]), [40, 10]);
});

test('images in folders below that of a class are of that class, behind its own', async (t) => {
  const folder = await classFolders(t);
  for (const [level, below] of ['b/x', 'b', 'a'].entries())
    await writePicture(path.join(folder, 'all', 'n2', below, 'a.png'), 50 + level);
  await writePicture(path.join(folder, 'all', 'n2', '.ipynb_checkpoints', 'c-checkpoint.png'), 60);
  const source = await openFiles(folder, ['all']);
  t.deepEqual([...source.labels], [0, 0, 1, 1, 1, 1, 2]);
  t.deepEqual(await levelsOf(source, [2, 3, 4, 5]), [30, 52, 51, 50]);
});

test('an empty class folder, a folder of no class and a count that differs are named', async (t) => {
  const folder = await classFolders(t);
  await t.throwsAsync(openFiles(folder, ['all'], { class_ids: ['n1', 'n2', 'n4'] }), {
    message: `${path.join(folder, 'all', 'n3')} is the folder of no class of the description; remove it, or add it to class_ids.`,
  });
  await mkdir(path.join(folder, 'all', 'n4'));
  const four = { class_ids: ['n1', 'n2', 'n3', 'n4'], class_names: ['a', 'b', 'c', 'd'] };
  await t.throwsAsync(openFiles(folder, ['all'], four), {
    message: `${path.join(folder, 'all', 'n4')} holds no image; fill it, or leave its class out of the description.`,
  });
  await t.throwsAsync(openFiles(folder, ['all'], { class_ids: undefined }), {
    message: `${path.join(folder, 'all')} has 4 folders and the description 3 classes; name each class once in class_names.`,
  });
});

test('an image that cannot be decoded is named when it is read', async (t) => {
  const folder = await classFolders(t);
  const bad = path.join(folder, 'all', 'n2', 'c.png');
  await writeFile(bad, 'no picture');
  const source = await openFiles(folder, ['all']);
  t.deepEqual(await levelsOf(source, [0, 3]), [10, 40]);
  const error = await t.throwsAsync(levelsOf(source, [0, 2]));
  t.true(error!.message.startsWith(`${bad} cannot be decoded as an image: `));
});

async function flatFolder(t: ExecutionContext): Promise<string> {
  const folder = await temporaryFolder(t);
  for (const [index, name] of ['a', 'b', 'c'].entries())
    await writePicture(path.join(folder, 'flat', `${name}.png`), 10 * index);
  return folder;
}

test('a list of labels may be numbers in the order of the files, from 0 or from 1, in an order of its own', async (t) => {
  const folder = await flatFolder(t);
  const paths = ['flat', 'truth.txt'];
  await writeFile(path.join(folder, 'truth.txt'), '2\n0\n1\n');
  t.deepEqual([...(await openFiles(folder, { format: 'image-list', paths })).labels], [2, 0, 1]);
  await writeFile(path.join(folder, 'truth.txt'), '1\n3\n3\n');
  t.deepEqual(
    [...(await openFiles(folder, { format: 'image-list', paths, first_label: 1 })).labels],
    [0, 2, 2],
  );
  await writeFile(path.join(folder, 'order.txt'), 'n3\nn1\nn2\n');
  const ordered = { format: 'image-list', paths, first_label: 1, label_order: 'order.txt' };
  t.deepEqual([...(await openFiles(folder, ordered)).labels], [2, 1, 1]);
});

test('a list of labels may be CSV, JSON, or lines of file and class, with ids, numbers or names', async (t) => {
  const folder = await flatFolder(t);
  const read = async (
    name: string,
    text: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    await writeFile(path.join(folder, name), text);
    const source = await openFiles(folder, { format: 'image-list', paths: ['flat', name], ...more });
    t.deepEqual([...source.labels], [1, 2], name);
    t.deepEqual(await levelsOf(source, [0, 1]), [20, 0], name);
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
    await t.throwsAsync(openFiles(folder, { format: 'image-list', paths }), {
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
  t.is((await openFiles(folder, layouts)).count, 3);
});

test('folders that are called like classes are those classes, whatever their order', async (t) => {
  const folder = await temporaryFolder(t);
  for (const [level, name] of ['Big Cat', 'dog', 'fox'].entries())
    await writePicture(path.join(folder, 'all', name, 'a.png'), 10 * level);
  const named = (...names: readonly string[]) => ({ class_ids: undefined, class_names: names });
  const source = await openFiles(folder, ['all'], named('fox', 'big_cat', 'Dog'));
  t.deepEqual([...source.labels], [0, 1, 2]);
  t.deepEqual(await levelsOf(source, [0, 1, 2]), [20, 0, 10]);
  t.deepEqual(source.notes, []);
  await t.throwsAsync(openFiles(folder, ['all'], named('fox', 'big_cat', 'wolf')), {
    message: `${path.join(folder, 'all')} has folders named dog, which the class_names lack, and none for wolf of the class_names; write the names alike in both, or list in class_ids what the classes are called there.`,
  });
  const unrelated = await openFiles(folder, ['all'], named('x', 'y', 'z'));
  t.deepEqual(unrelated.notes, [
    `${path.join(folder, 'all')} has folders that are none of the class_names; they are taken in their order: Big Cat is x, dog is y, fox is z.`,
  ]);
});

test("a system's own files are no pictures, and files of other kinds are counted", async (t) => {
  const folder = await classFolders(t);
  const inside = path.join(folder, 'all', 'n1');
  for (const name of ['._a.PNG', '.DS_Store', 'Thumbs.db', 'x.heic', 'y.HEIC', 'notes.txt', 'README'])
    await writeFile(path.join(inside, name), 'x');
  await mkdir(path.join(folder, 'all', '__MACOSX'));
  const source = await openFiles(folder, ['all']);
  t.is(source.count, 4);
  t.deepEqual(source.notes, [
    `Files in ${path.join(folder, 'all')} that are not read: 2 .heic, 1 .txt, 1 without ending.`,
  ]);
});

test('lists with spaces, quotes, comments and the line ends and separators of other systems are read', async (t) => {
  const folder = await temporaryFolder(t);
  for (const [index, name] of ['photo 1', 'photo 2', '#3'].entries())
    await writePicture(path.join(folder, 'flat', `${name}.png`), 10 * index);
  const read = async (name: string, text: string | Buffer): Promise<void> => {
    await writeFile(path.join(folder, name), text);
    const source = await openFiles(folder, { format: 'image-list', paths: ['flat', name] });
    t.deepEqual([...source.labels], [1, 2, 0], name);
    t.deepEqual(await levelsOf(source, [0, 1, 2]), [10, 0, 20], name);
  };
  await read('a.txt', '# images\r\nphoto 2.png 1\r\n\r\n#comment\r\nphoto 1.png 2\r\n#3.png 0\r\n');
  await read('b.txt', '\ufeff"photo 2.png" 1\n\'photo 1.png\' 2\n#3.png 0\n');
  await read('c.txt', 'photo 2.png\t1\nphoto 1.png\t2\n#3.png\t0\n');
  await read('d.txt', Buffer.from('\ufeffphoto 2.png 1\nphoto 1.png 2\n#3.png 0\n', 'utf16le'));
  await read('e.txt', 'file\tlabel\nphoto 2.png\t1\nphoto 1.png\t2\n#3.png\t0\n');
  await read('f.txt', '.\\photo 2.png 1\n./photo 1 2\n#3.png 0\n');
  await read('a.csv', '\ufefffile;label\r\nphoto 2.png;1\r\nphoto 1.png;2\r\n#3.png;0\r\n');
  await read('b.csv', 'label\tfile\n1\tphoto 2.png\n2\tphoto 1.png\n0\t#3.png\n');
  await read('c.csv', 'file,label\n"photo 2.png",GREEN\nphoto 1.png,Blue\n#3.png,red\n');
});

test('a list that says too little, or two things, is refused', async (t) => {
  const folder = await flatFolder(t);
  await writePicture(path.join(folder, 'flat', 'b.jpg.png'), 3);
  await writePicture(path.join(folder, 'flat', 'a.gif'), 3);
  await writeFile(path.join(folder, 'flat', 'd.heic'), 'x');
  const refused = async (name: string, text: string, message: string): Promise<void> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    const paths = ['flat', name];
    await t.throwsAsync(openFiles(folder, { format: 'image-list', paths }), {
      message: message.replace('LIST', file),
    });
  };
  await refused('a.txt', 'a 0\n', 'LIST lists a, which may be a.gif or a.png; write the ending, too.');
  await refused('b.txt', 'b.png 0\nb.png 1\n', 'LIST gives b.png the labels 0 and 1; leave one of them.');
  await refused(
    'c.txt',
    'd.heic 0\n',
    'LIST lists d.heic, which is of a kind that is not read; convert it to PNG.',
  );
  await refused('a.csv', 'file,label\nb.png,\n', 'b.png has no label in LIST; give it one, or take it out.');
  await refused(
    'b.csv',
    'file,label,label\nb.png,1,2\n',
    'LIST has the column label more than once; rename one of them.',
  );
  await refused('a.json', '{"b.png": null}', 'b.png has no label in LIST; give it one, or take it out.');
  await refused('b.json', '{"b.png": 1.5}', 'LIST gives b.png the label 1.5, which is not a whole number.');
  await refused(
    'c.json',
    '{"b.png": 1, "b.png": 2}',
    'LIST lists "b.png" more than once; leave one of them.',
  );
  await refused('d.json', '{"b.png": true}', 'LIST gives b.png the label true, which is not a whole number.');
});

test('an image that a list repeats is read once, with a note', async (t) => {
  const folder = await flatFolder(t);
  const list = path.join(folder, 'a.txt');
  await writeFile(list, 'a.png 0\nb.png 1\n./a 0\n');
  const source = await openFiles(folder, { format: 'image-list', paths: ['flat', 'a.txt'] });
  t.deepEqual([...source.labels], [0, 1]);
  t.deepEqual(source.notes, [`${list} repeats images in 1 of its entries; each is read once.`]);
});

test('a split that ends behind the images says how many it has', async (t) => {
  const folder = await flatFolder(t);
  await writeFile(path.join(folder, 'a.txt'), '0\n1\n2\n');
  await openFiles(folder, { format: 'image-list', paths: ['flat', 'a.txt'] });
  const split = await openSplit(await locateDataset(folder, folder), { from: 'all', range: [1, 9] });
  t.deepEqual(split.notes, ['mine/all has 3 images: the split from 1 to 9 holds 2 of them.']);
});
