import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { checkSealed, readSealed, sealOf } from '../../lib/artifact/sealed-files.js';
import { MANIFEST } from '../report/sample-cascade.js';
import { temporaryFolder } from '../support/run-cascade.js';

/** The SHA-256 of "abc" (FIPS 180-2, appendix B). */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const SEALED = { ...MANIFEST, sha256: { 'left-out.json': ABC } };

test('a file is read where it has the bytes that were written down, and where none were', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'left-out.json');
  await writeFile(file, 'abc');
  t.is((await readSealed(folder, SEALED, 'left-out.json')).toString(), 'abc');
  await writeFile(file, 'abd');
  const message = `${file} is damaged (its SHA-256 is not the one that cascade.json names); attach again.`;
  await t.throwsAsync(readSealed(folder, SEALED, 'left-out.json'), { message });
  await t.throwsAsync(checkSealed(folder, SEALED, 'left-out.json'), { message });
  t.is((await readSealed(folder, MANIFEST, 'left-out.json')).toString(), 'abd');
  await t.notThrowsAsync(checkSealed(folder, MANIFEST, 'left-out.json'));
});

test('a file that is gone is missed, and only one that is there is written down', async (t) => {
  const folder = await temporaryFolder(t);
  await t.throwsAsync(checkSealed(folder, SEALED, 'left-out.json'), { message: /no such file or directory/ });
  t.deepEqual(await sealOf(folder, 'left-out.json'), {});
  await writeFile(path.join(folder, 'left-out.json'), 'abc');
  t.deepEqual(await sealOf(folder, 'left-out.json'), { 'left-out.json': ABC });
});
