import { execFileSync } from 'node:child_process';
import path from 'node:path';
import test from 'ava';
import { openGrowingNpy } from '../../lib/files/npy/growing-npy.js';
import { readNpy } from '../../lib/files/npy/npy.js';
import { readJsonIfThere } from '../../lib/files/read-json.js';
import { sha256OfFile } from '../../lib/files/sha256.js';
import { openFeatureFile } from '../../lib/heads/feature-file.js';
import { temporaryFolder } from '../support/run-cascade.js';

test('a pipe in the place of a file is refused at once, not waited for', async (t) => {
  const pipe = path.join(await temporaryFolder(t), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const message = `${pipe} is a named pipe; give a regular file.`;
  for (const read of [readNpy, readJsonIfThere, sha256OfFile])
    await t.throwsAsync<Error>(read(pipe), { message }, read.name);
  t.throws(() => openFeatureFile(pipe), { message });
  await t.throwsAsync(openGrowingNpy(pipe, '<f4', [1, 1], 0), { message: /^.*pipe cannot be written: / });
});

test('a folder and a device in the place of a file are refused', async (t) => {
  const folder = await temporaryFolder(t);
  for (const [place, kind] of [
    [folder, 'a folder'],
    ['/dev/null', 'a device'],
  ] as const) {
    const message = `${place} is ${kind}; give a regular file.`;
    await t.throwsAsync(readNpy(place), { message });
    await t.throwsAsync(readJsonIfThere(place), { message });
  }
});
