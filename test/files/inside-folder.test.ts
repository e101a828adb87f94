import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { checkInside } from '../../lib/files/inside-folder.js';
import { temporaryFolder } from '../support/run-cascade.js';

test('a place in a folder is inside, whether it is there or not, and however the folder is reached', async (t) => {
  const work = await temporaryFolder(t);
  const folder = path.join(work, 'folder');
  await mkdir(path.join(folder, 'there'), { recursive: true });
  await symlink(folder, path.join(work, 'link'));
  await symlink(path.join(folder, 'there'), path.join(folder, 'within'));
  for (const root of [folder, path.join(work, 'link')])
    for (const name of ['there', 'there/not/yet', '..name', 'within/x'])
      await t.notThrowsAsync(checkInside(root, path.join(root, name)), name);
});

test('a link that leads out of a folder is refused, also one to what is not there, and one on the way', async (t) => {
  const work = await temporaryFolder(t);
  const folder = path.join(work, 'folder');
  await mkdir(folder);
  await symlink(work, path.join(folder, 'out'));
  await symlink(path.join(work, 'nothing'), path.join(folder, 'dangling'));
  for (const name of ['out', 'out/x', 'dangling', 'dangling/x'])
    await t.throwsAsync(checkInside(folder, path.join(folder, name)), {
      message: /leads out of .* by a symbolic link/,
    });
  await t.throwsAsync(checkInside(folder, path.join(folder, '..')), { message: /leads out of/ });
});
