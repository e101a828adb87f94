import { existsSync } from 'node:fs';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { create } from 'tar';
import { extractArchive } from '../../lib/data/extract.js';
import { temporaryFolder } from '../support/run-cascade.js';
import { storedZip } from '../support/zip-files.js';

test('an archive unpacks into the folder', async (t) => {
  const [from, into] = [await temporaryFolder(t), await temporaryFolder(t)];
  await writeFile(path.join(from, 'a.txt'), 'hello');
  await create({ gzip: true, cwd: from, file: path.join(from, 'a.tar.gz') }, ['a.txt']);
  await extractArchive(path.join(from, 'a.tar.gz'), into);
  t.is(await readFile(path.join(into, 'a.txt'), 'utf8'), 'hello');
});

test('a path that leads out of the folder is refused, and nothing is unpacked', async (t) => {
  const [from, into] = [await temporaryFolder(t), await temporaryFolder(t)];
  await writeFile(path.join(from, 'a.txt'), 'hello');
  const archive = path.join(from, 'a.tar.gz');
  await create({ gzip: true, cwd: from, file: archive, preservePaths: true, prefix: '../outside' }, [
    'a.txt',
  ]);
  await t.throwsAsync(extractArchive(archive, into), {
    message: `${archive} holds ../outside/a.txt, which would lead out of ${into}; nothing was unpacked.`,
  });
  t.false(existsSync(path.join(into, '..', 'outside')));
});

test('a symbolic link in an archive is refused', async (t) => {
  const [from, into] = [await temporaryFolder(t), await temporaryFolder(t)];
  await symlink('/etc', path.join(from, 'link'));
  const archive = path.join(from, 'a.tar.gz');
  await create({ gzip: true, cwd: from, file: archive }, ['link']);
  await t.throwsAsync(extractArchive(archive, into), { message: /holds link, which would lead out of/ });
  t.false(existsSync(path.join(into, 'link')));
});

test('a damaged archive names itself and leaves nothing', async (t) => {
  const [from, into] = [await temporaryFolder(t), await temporaryFolder(t)];
  await writeFile(path.join(from, 'a.txt'), 'hello'.repeat(10_000));
  const archive = path.join(from, 'a.tar.gz');
  await create({ gzip: true, cwd: from, file: archive }, ['a.txt']);
  const bytes = await readFile(archive);
  await writeFile(archive, bytes.subarray(0, bytes.length / 2));
  await t.throwsAsync(extractArchive(archive, into), {
    message: /a\.tar\.gz cannot be unpacked: .*; download it again\.$/,
  });
  t.false(existsSync(path.join(into, 'a.txt')));
});

test('a zip unpacks into the folder, and one that leads out of it or is cut off does not', async (t) => {
  const [from, into] = [await temporaryFolder(t), await temporaryFolder(t)];
  const archive = path.join(from, 'a.zip');
  await writeFile(archive, storedZip({ 'deep/a.txt': 'hello', 'b.txt': 'you' }));
  await extractArchive(archive, into);
  t.is(await readFile(path.join(into, 'deep', 'a.txt'), 'utf8'), 'hello');
  t.is(await readFile(path.join(into, 'b.txt'), 'utf8'), 'you');
  for (const bytes of [storedZip({ '../outside.txt': 'x' }), storedZip({ 'c.txt': 'x' }).subarray(0, 40)]) {
    await writeFile(archive, bytes);
    await t.throwsAsync(extractArchive(archive, into), {
      message: /a\.zip cannot be unpacked: .*; download it again\.$/,
    });
  }
  t.false(existsSync(path.join(into, '..', 'outside.txt')));
  t.false(existsSync(path.join(into, 'c.txt')));
});
