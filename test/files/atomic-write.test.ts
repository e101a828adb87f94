import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { CascadeError } from '../../lib/errors.js';
import { createPendingFile, writeFileAtomically } from '../../lib/files/atomic-write.js';
import { temporaryFolder } from '../support/run-cascade.js';

test('a file appears when it is whole, in a folder that is made for it', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'deep', 'a.txt');
  const pending = await createPendingFile(file);
  await pending.write(Buffer.from('hello'));
  await pending.write(Buffer.from('J'), 0);
  t.deepEqual(
    (await readdir(path.dirname(file))).filter((name) => !name.endsWith('.part')),
    [],
  );
  await pending.commit();
  t.is(await readFile(file, 'utf8'), 'Jello');
  t.deepEqual(await readdir(path.dirname(file)), ['a.txt']);
});

test('a file that is given up leaves the one before as it was, and nothing else', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'a.txt');
  await writeFileAtomically(file, 'first');
  const pending = await createPendingFile(file);
  await pending.write(Buffer.from('second'));
  await pending.abort();
  t.is(await readFile(file, 'utf8'), 'first');
  t.deepEqual(await readdir(folder), ['a.txt']);
});

test('a place where no file can be written is named, and nothing is left', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(path.join(folder, 'a.txt', 'full'), { recursive: true });
  const error = await t.throwsAsync(writeFileAtomically(path.join(folder, 'a.txt'), 'x'), {
    instanceOf: CascadeError,
  });
  t.true(error!.message.startsWith(`${path.join(folder, 'a.txt')} cannot be written: `), error!.message);
  t.deepEqual(await readdir(folder), ['a.txt']);
});
