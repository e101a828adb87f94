import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { withFolderLock } from '../../../lib/artifact/folders/folder-lock.js';
import { temporaryFolder } from '../../support/run-cascade.js';

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

test('who may wait takes over as soon as the folder is free, and says that it waits', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'mine.cascade');
  const order: string[] = [];
  let waiting: Promise<number> | undefined;
  await withFolderLock(folder, async () => {
    await new Promise<void>((resolve) => {
      waiting = withFolderLock(
        folder,
        async () => order.push('second'),
        (message) => {
          t.is(message, `${folder} is locked; waiting up to 15 seconds in case its process was killed.`);
          resolve();
        },
      );
    });
    order.push('first');
  });
  await waiting;
  t.deepEqual(order, ['first', 'second']);
});

test('a lock whose process was killed lapses while it is waited for', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'mine.cascade');
  await mkdir(`${folder}.lock`);
  t.is(
    await withFolderLock(
      folder,
      async () => 7,
      () => {},
    ),
    7,
  );
});

test('the lock is free again after work that failed', async (t) => {
  const folder = path.join(await temporaryFolder(t), 'mine.cascade');
  await t.throwsAsync(
    withFolderLock(folder, () => Promise.reject(new Error('no'))),
    { message: 'no' },
  );
  t.is(await withFolderLock(folder, async () => 7), 7);
});

test('a folder beside which nothing can be written is not said to be changed by another process', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, 'file'), '');
  for (const onWait of [undefined, () => t.fail()]) {
    const place = path.join(folder, 'file', 'mine.cascade');
    await t.throwsAsync(
      withFolderLock(place, async () => t.fail(), onWait),
      {
        message: /^.*mine\.cascade cannot be made or changed: .* is no folder; name another place\.$/,
      },
    );
  }
});
