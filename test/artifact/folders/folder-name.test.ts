import { cp, symlink } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { folderName } from '../../../lib/artifact/folders/folder-name.js';
import { loadManifest } from '../../../lib/artifact/manifest.js';
import { smallCascade } from '../../support/small-cascade.js';

test('a cascade is called what its folder is called now, a copy and a link too', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  t.is(manifest.name, 'small');
  const copy = path.join(path.dirname(folder), 'mine.cascade');
  await cp(folder, copy, { recursive: true });
  t.deepEqual(await loadManifest(copy), { ...manifest, name: 'mine' });
  t.is((await loadManifest(`${copy}/`)).name, 'mine');
  const link = path.join(path.dirname(folder), 'linked');
  await symlink(copy, link);
  t.is((await loadManifest(link)).name, 'linked');
});

test('a folder whose name is none for a folder of results gives no name', (t) => {
  t.is(folderName('/'), undefined);
  t.is(folderName('.cascade'), undefined);
  t.is(folderName('a/b.c'), 'b.c');
});
