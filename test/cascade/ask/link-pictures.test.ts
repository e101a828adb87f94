import { lstat, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { linkPictures, pictureName } from '../../../lib/cascade/ask/link-pictures.js';
import { testWith, UNIX } from '../../support/needs.js';
import { temporaryFolder } from '../../support/run-cascade.js';

test('pictures are numbered from 1, with as many digits as the last, and keep their endings', (t) => {
  t.is(pictureName(0, 12, 'a/b.PNG'), '01.png');
  t.is(pictureName(11, 12, 'photo.jpeg'), '12.jpeg');
  t.is(pictureName(2, 5, 'no-ending'), '3');
  t.is(pictureName(2, 5, 'a.strange-ending'), '3');
});

testWith(
  UNIX,
  'pictures are links, or copies where that is wanted, also in the place of an earlier one',
  async (t) => {
    const folder = await temporaryFolder(t);
    const file = path.join(folder, 'a.png');
    await writeFile(file, 'pixels');
    const into = path.join(folder, 'images');
    const place = path.join(into, '1.png');
    for (const copies of [false, true]) {
      await linkPictures(into, [{ picture: '1.png', file }], copies);
      t.is((await lstat(place)).isSymbolicLink(), !copies);
      t.is(await readFile(place, 'utf8'), 'pixels');
    }
  },
);
