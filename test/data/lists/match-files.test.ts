import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { matchFiles } from '../../../lib/data/lists/match-files.js';
import { CascadeError } from '../../../lib/errors.js';
import { temporaryFolder } from '../../support/run-cascade.js';

async function folderWith(t: ExecutionContext, ...files: readonly string[]): Promise<string> {
  const folder = await temporaryFolder(t);
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), '');
  }
  return folder;
}

test('files are found by their names, without endings, with either slash and however accents are written', async (t) => {
  const folder = await folderWith(t, 'a.png', 'deep/b.jpg', 'caf\u00e9.png');
  const list = ['./a.png', 'deep\\b', 'cafe\u0301.png'].map((file, index) => ({
    file,
    label: String(index),
  }));
  const { files, notes } = await matchFiles(folder, list, 'l.txt');
  t.deepEqual(files, ['a.png', path.join('deep', 'b.jpg'), 'caf\u00e9.png']);
  t.deepEqual(notes, []);
});

test('files are found from the folder of the list, by their whole path, and in other capitals', async (t) => {
  const folder = await folderWith(t, 'images/a.png', 'images/b.png', 'images/c.png');
  const images = path.join(folder, 'images');
  const list = ['images/a.png', path.join(images, 'b.png'), 'C.PNG'].map((file) => ({ file, label: '1' }));
  const { files, notes } = await matchFiles(images, list, path.join(folder, 'l.txt'));
  t.deepEqual(files, ['a.png', 'b.png', 'c.png']);
  t.deepEqual(notes, []);
});

test('a file without an ending is read where it is listed, and what a system keeps for itself never', async (t) => {
  const folder = await folderWith(t, 'a', 'b', '._a', 'c.png');
  const list = ['a', '._a'].map((file) => ({ file, label: '1' }));
  const { files, notes } = await matchFiles(folder, list, 'l.txt');
  t.deepEqual(files, ['a']);
  t.deepEqual(notes, [
    `Files in ${folder} that are not read: 1 without ending.`,
    'l.txt lists 1 file that a system keeps for itself, and no picture.',
  ]);
});

test('labels alone belong to all images by name, and to no other number of them', async (t) => {
  const folder = await folderWith(t, 'b.png', 'a.png', 'notes.doc');
  const labels = [{ label: '3' }, { label: '4' }];
  const { files, list, notes } = await matchFiles(folder, labels, 'l.txt');
  t.deepEqual(files, ['a.png', 'b.png']);
  t.deepEqual(list, labels);
  t.deepEqual(notes, [`Files in ${folder} that are not read: 1 .doc.`]);
  await t.throwsAsync(matchFiles(folder, [{ label: '3' }], 'l.txt'), {
    instanceOf: CascadeError,
    message: `l.txt has 1 label and ${folder} 2 images; they do not belong together. Files in ${folder} that are not read: 1 .doc.`,
  });
});

test('an image that is listed twice is read once, with two labels not at all', async (t) => {
  const folder = await folderWith(t, 'a.png', 'b.png');
  const twice = [
    { file: 'a.png', label: '3' },
    { file: 'b.png', label: '3' },
    { file: 'a', label: '3' },
  ];
  const { files, notes } = await matchFiles(folder, twice, 'l.txt');
  t.deepEqual(files, ['a.png', 'b.png']);
  t.deepEqual(notes, ['l.txt repeats images in 1 of its entries; each is read once.']);
  await t.throwsAsync(matchFiles(folder, twice.with(2, { file: 'a', label: '4' }), 'l.txt'), {
    message: 'l.txt gives a.png the labels 3 and 4; leave one of them.',
  });
});

test('a file that is not there, is one of two or of a kind that is not read is refused', async (t) => {
  const folder = await folderWith(t, 'a.png', 'a.jpg', 'b.heic');
  const refused = (file: string, message: string): Promise<unknown> =>
    t.throwsAsync(matchFiles(folder, [{ file, label: '1' }], 'l.txt'), { message });
  await refused('c.png', `l.txt lists c.png, which is not in ${folder}; complete the folder.`);
  await refused('a', 'l.txt lists a, which may be a.jpg or a.png; write the ending, too.');
  await refused('b.heic', 'l.txt lists b.heic, which is of a kind that is not read; convert it to PNG.');
});
