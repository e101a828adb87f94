import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { readText } from '../../lib/files/read-text.js';
import { temporaryFolder } from '../support/run-cascade.js';

test('UTF-8 with and without its mark, and UTF-16 with its own, are the same text', async (t) => {
  const file = path.join(await temporaryFolder(t), 'a.txt');
  for (const bytes of [
    Buffer.from('Größe\n'),
    Buffer.from('\ufeffGröße\n'),
    Buffer.from('\ufeffGröße\n', 'utf16le'),
  ]) {
    await writeFile(file, bytes);
    t.is(await readText(file), 'Größe\n');
  }
});
