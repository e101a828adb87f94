import test from 'ava';
import { isImageFile, isOfTheSystem, unreadNote } from '../../../lib/data/lists/image-names.js';

test('pictures are told by their endings, and what systems put beside them is none', (t) => {
  for (const name of ['a.png', 'a.JPG', 'b/c.jpeg', 'a.tif', 'a.TIFF', 'x.pgm'])
    t.true(isImageFile(name), name);
  for (const name of [
    'a.txt',
    'png',
    'a.png.gz',
    '._a.png',
    'b/._a.png',
    '__MACOSX/a.png',
    'a.svg',
    '@eaDir/a.png',
    '.ipynb_checkpoints/a.png',
  ])
    t.false(isImageFile(name), name);
  for (const name of ['.DS_Store', 'a/Thumbs.db', 'desktop.ini']) t.true(isOfTheSystem(name), name);
});

test('files that are not read are counted by their endings, the most frequent first', (t) => {
  t.is(unreadNote('photos', ['a.png', '._b.png']), undefined);
  const files = ['a.heic', 'b.heic', 'c.HEIC', 'd.txt', 'e.txt', 'README', 'a.png'];
  t.is(unreadNote('photos', files), 'Files in photos that are not read: 3 .heic, 2 .txt, 1 without ending.');
  t.is(
    unreadNote('p', ['a.a', 'b.b', 'c.c', 'd.d', 'e.e', 'f.f', 'g.a']),
    'Files in p that are not read: 2 .a, 1 .f, 1 .e, 1 .d, 2 of other endings.',
  );
});
