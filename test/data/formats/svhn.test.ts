import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { CascadeError } from '../../../lib/errors.js';
import { FIXTURES, openFiles } from '../../support/image-files.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const SVHN = {
  format: 'svhn-mat',
  class_ids: undefined,
  class_names: Array.from({ length: 10 }, (_, digit) => String(digit)),
  shape: [3, 32, 32],
};

for (const name of ['digits.mat', 'digits-plain.mat']) {
  test(`SVHN's digits come row by row, the zero as 0, from SciPy's ${name}`, async (t) => {
    const folder = await temporaryFolder(t);
    await copyFile(path.join(FIXTURES, name), path.join(folder, name));
    for (const visit of ['unpacked', 'read from what was unpacked']) {
      const source = await openFiles(folder, [name], SVHN);
      t.deepEqual([...source.labels], [0, 1, 9], visit);
      const into = new Uint8Array(3072);
      await source.readImages([2], into);
      // The formula of make-formats.py.
      const expected = Uint8Array.from({ length: 3072 }, (_, index) => {
        const [channel, row, column] = [Math.floor(index / 1024), Math.floor(index / 32) % 32, index % 32];
        return row * 7 + column * 3 + channel * 50 + 2 * 11;
      });
      t.deepEqual(into, expected, visit);
      await source.close();
    }
  });
}

test("a file of SVHN's that is cut off or of another kind leaves nothing behind", async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'digits.mat');
  const bytes = await readFile(path.join(FIXTURES, 'digits.mat'));
  const refused = async (content: Buffer | string, message: string): Promise<void> => {
    await writeFile(file, content);
    await t.throwsAsync(openFiles(folder, ['digits.mat'], SVHN), { message: `${file} ${message}` });
  };
  await refused(bytes.subarray(0, 400), 'is cut off or damaged; download it again.');
  await refused('no digits', 'is not a MATLAB 5 file; check its name.');
  const broken = Buffer.from(bytes);
  broken.fill(0, 300, 340);
  await refused(broken, 'is cut off or damaged; download it again.');
  await refused(
    Buffer.concat([bytes.subarray(0, 128), Buffer.alloc(8 * 100_000)]),
    'has more than 1000 elements, where data sets have a few arrays; download it again.',
  );
});

test('a MATLAB file with any byte wrong gives digits or one sentence', async (t) => {
  for (const name of ['digits.mat', 'digits-plain.mat']) {
    const folder = await temporaryFolder(t);
    const bytes = (await readFile(path.join(FIXTURES, name))).subarray(0, 1200);
    let failures = 0;
    for (let at = 120; at < bytes.length; at += 4) {
      const damaged = Buffer.from(bytes);
      damaged[at] = damaged[at] === 0xff ? 0x7f : 0xff;
      await writeFile(path.join(folder, name), damaged);
      const error = await t.throwsAsync(openFiles(folder, [name], SVHN));
      t.true(error instanceof CascadeError, `byte ${at}: ${error}`);
      failures++;
    }
    t.true(failures > 100);
  }
});
