import path from 'node:path';
import test from 'ava';
import { withFolderLock } from '../../lib/cascade/folder-lock.js';
import { temporaryFolder } from '../support/run-cascade.js';

test('a second process on the same cascade is told to wait', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'mine.cascade');
  await withFolderLock(folder, async () => {
    await t.throwsAsync(
      withFolderLock(folder, async () => t.fail()),
      {
        message: `${folder} is being changed by another cascade process, or one was killed less than 15 seconds ago; wait and try again.`,
      },
    );
  });
});

test('the lock is free again after work that failed', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'mine.cascade');
  await t.throwsAsync(withFolderLock(folder, () => Promise.reject(new Error('no'))));
  t.is(await withFolderLock(folder, async () => 7), 7);
});
