import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { isWriteFailure, writeFailure, writeReason } from '../../lib/files/write-failure.js';
import { temporaryFolder } from '../support/run-cascade.js';

function systemError(code: string, message: string, syscall: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${message}, ${syscall} 'x'`), { code, syscall });
}

test('without permission the nearest folder that is there is named, and what to do', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(path.join(folder, 'a'));
  const place = path.join(folder, 'a', 'b', 'c.csv');
  for (const code of ['EACCES', 'EPERM']) {
    t.is(
      writeFailure(place, systemError(code, 'permission denied', 'mkdir')).message,
      `${place} cannot be written: there is no permission to write in ${path.join(folder, 'a')}; allow it or name another place.`,
    );
  }
});

test('a disk that can only be read is named, any other reason is in the words of the system', async (t) => {
  const folder = await temporaryFolder(t);
  const place = path.join(folder, 'c.csv');
  t.is(
    writeReason(place, systemError('EROFS', 'read-only file system', 'open')),
    `${folder} can only be read; name another place`,
  );
  t.is(
    writeReason(place, systemError('ENOSPC', 'no space left on device', 'write')),
    'no space left on device',
  );
});

test('failures of networks and of decoders are none of writing', (t) => {
  t.true(isWriteFailure(systemError('ENOSPC', 'no space left on device', 'write')));
  t.false(isWriteFailure(systemError('ECONNRESET', 'connection reset', 'read')));
  t.false(
    isWriteFailure(Object.assign(new Error('incorrect header check'), { code: 'Z_DATA_ERROR', errno: -3 })),
  );
  t.false(isWriteFailure(new TypeError('terminated')));
  t.false(isWriteFailure(undefined));
});
