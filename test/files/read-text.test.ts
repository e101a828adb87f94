import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { CascadeError } from '../../lib/errors.js';
import { readText } from '../../lib/files/read-text.js';
import { temporaryFolder } from '../support/run-cascade.js';

test('UTF-8 with and without its mark, and UTF-16 with its own, are the same text', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.txt');
  for (const bytes of [
    Buffer.from('Größe\n'),
    Buffer.from('\ufeffGröße\n'),
    Buffer.from('\ufeffGröße\n', 'utf16le'),
    Buffer.from('\ufeffGröße\n', 'utf16le').swap16(),
  ]) {
    await writeFile(file, bytes);
    t.is(await readText(file), 'Größe\n');
  }
});

test('text in another encoding is not taken for names with question marks', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.txt');
  await writeFile(file, Buffer.from('Größe\n', 'latin1'));
  await t.throwsAsync(readText(file), {
    instanceOf: CascadeError,
    message: `${file} is not text in UTF-8; save it in that encoding.`,
  });
});
