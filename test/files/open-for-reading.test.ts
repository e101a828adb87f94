import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { decodeImage } from '../../lib/data/pictures/decode-image.js';
import { STRETCH } from '../../lib/data/pictures/preprocessing.js';
import { readWhole } from '../../lib/files/open-for-reading.js';
import { testWith, UNIX } from '../support/needs.js';
import { temporaryFolder } from '../support/run-cascade.js';

test('a link to a file is read', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, 'a'), 'hello');
  await symlink('a', path.join(folder, 'b'));
  t.is((await readWhole(path.join(folder, 'b'))).toString(), 'hello');
});

testWith(UNIX, 'pipes, sockets, devices and folders are refused at once, as pictures, too', async (t) => {
  const folder = await temporaryFolder(t);
  const inside = (name: string): string => path.join(folder, name);
  await promisify(execFile)('mkfifo', [inside('pipe.png')]);
  await mkdir(inside('folder.png'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(inside('socket.png'), resolve));
  t.teardown(() => server.close());
  const refused = async (file: string, message: string): Promise<void> => {
    await t.throwsAsync(readWhole(file), { message: `${file} ${message}` });
    await t.throwsAsync(decodeImage(file, file, [3, 2, 2], { preprocessing: STRETCH }), {
      message: `${file} ${message}`,
    });
  };
  await refused(inside('pipe.png'), 'is a named pipe; give a regular file.');
  await refused(inside('folder.png'), 'is a folder; give a regular file.');
  await refused(inside('socket.png'), 'cannot be read: it is a socket.');
  await refused('/dev/zero', 'is a device; give a regular file.');
  await refused(inside('absent.png'), 'cannot be read: no such file or directory.');
});

test('a name that no file can have is one sentence', async (t) => {
  await t.throwsAsync(readWhole('a\0b'), { message: 'a\\x00b cannot be read: its name is not valid.' });
});
