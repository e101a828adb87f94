import { existsSync } from 'node:fs';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import { create } from 'tar';
import { extractArchive } from '../../../lib/data/download/extract.js';
import { CascadeError } from '../../../lib/errors.js';
import { testWith } from '../../support/needs.js';
import { sharedCase } from '../../support/real-data.js';
import { temporaryFolder } from '../../support/run-cascade.js';
import { storedZip } from '../../support/zip-files.js';

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

/** An entry of a tar: its header of 512 bytes (POSIX ustar) and its content, filled up. */
function tarEntry(name: string, content: string, type = '0', size = content.length): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  if (type === '1' || type === '2') header.write('/etc/passwd', 157);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const END_OF_TAR = Buffer.alloc(1024);

test('whatever is wrong with an archive is one sentence, and nothing is left', async (t) => {
  const [from, into] = [await temporaryFolder(t), await temporaryFolder(t)];
  const refused = async (name: string, content: Buffer, message: RegExp): Promise<void> => {
    const archive = path.join(from, name);
    await writeFile(archive, content);
    const error = await t.throwsAsync(extractArchive(archive, into));
    t.true(error instanceof CascadeError, `${message}: ${error}`);
    t.regex(error!.message, message);
    t.notRegex(error!.message, /\n/);
    t.deepEqual(await readdir(into), []);
  };
  const tar = (...entries: readonly Buffer[]): Buffer => gzipSync(Buffer.concat([...entries, END_OF_TAR]));
  const good = tarEntry('good.txt', 'good');
  await refused('a.tar.gz', tar(good, tarEntry('/etc/x', 'x')), /holds \/etc\/x, which would lead out of/);
  await refused(
    'a.tar.gz',
    tar(good, tarEntry('a/../../x', 'x')),
    /holds a\/\.\.\/\.\.\/x, which would lead/,
  );
  await refused('a.tar.gz', tar(good, tarEntry('..\\x', 'x')), /which would lead out of/);
  for (const type of ['1', '2', '3', '4', '6'])
    await refused(
      'a.tar.gz',
      tar(good, tarEntry('special', '', type)),
      /holds special, which would lead out of/,
    );
  await refused('a.tar.gz', tar(good, tarEntry('good.txt', 'bad')), /holds good\.txt more than once/);
  await refused('a.tar.gz', tar(good, tarEntry('good.txt/x', 'bad')), /holds good\.txt more than once/);
  await refused(
    'a.tar.gz',
    tar(good, tarEntry('a\u001b[2J', 'x')),
    /holds a file named a\\x1b\[2J, which is no name/,
  );
  await refused(
    'a.tar.gz',
    tar(good, tarEntry('big', 'x', '0', 2 ** 32)),
    /unpacks to more than 1073741824 bytes/,
  );
  await refused(
    'a.tar.gz',
    gzipSync(Buffer.concat([good, tarEntry('b', 'x'.repeat(2000)).subarray(0, 700)])),
    /cannot be unpacked/,
  );
  await refused('a.tar.gz', Buffer.from('no archive'), /cannot be unpacked: .*; download it again/);
  await refused('a.tar.gz', Buffer.alloc(0), /cannot be unpacked/);
  const zip = storedZip({ 'good.txt': 'good', 'b.txt': 'you' });
  const changed = Buffer.from(zip);
  changed[zip.indexOf('you')] = 0x78;
  await refused('a.zip', changed, /cannot be unpacked: the checksum of b\.txt is wrong/);
  await refused('a.zip', storedZip({ 'a.txt': 'x', 'a.txt/b': 'x' }), /holds a\.txt more than once/);
  await refused('a.zip', Buffer.from('no archive'), /cannot be unpacked/);
});

for (const name of ['stored-block.zip', 'unfinished.tar.gz', 'nul-in-name.tar.gz']) {
  const archive = sharedCase('hostile', name);
  testWith(archive, `${name} is refused in one sentence and leaves nothing`, async (t) => {
    const into = await temporaryFolder(t);
    const error = await t.throwsAsync(extractArchive(archive.path, into), { instanceOf: CascadeError });
    t.notRegex(error!.message, /\n/);
    t.deepEqual(await readdir(into), []);
  });
}
