import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { listedImages } from '../../lib/data/listed-images.js';
import { temporaryFolder } from '../support/run-cascade.js';

test('folders, files and lists are the images in them, each once', async (t) => {
  const folder = await temporaryFolder(t);
  const place = (...names: readonly string[]): string => path.join(folder, ...names);
  await mkdir(place('photos'));
  for (const name of ['b.png', 'a.png']) await writeFile(place('photos', name), '');
  await writeFile(place('c.png'), '');
  await writeFile(place('list.txt'), `photos/a.png\r\n\n${place('c.png')}\n`);
  const notes: string[] = [];
  const found = await listedImages([place('photos'), place('list.txt')], (note) => notes.push(note));
  t.deepEqual(found, [place('photos', 'a.png'), place('photos', 'b.png'), place('c.png')]);
  t.deepEqual(notes, ['1 image is named more than once and counts once.']);
});

test('a list that names nothing is refused', async (t) => {
  const list = path.join(await temporaryFolder(t), 'list.txt');
  await writeFile(list, '\n');
  await t.throwsAsync(
    listedImages([list], () => {}),
    { message: /list\.txt names no image/ },
  );
});
