import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { CascadeError } from '../../lib/errors.js';
import { checkSeal, sha256Of, sha256OfFile, sha256Schema } from '../../lib/files/sha256.js';
import { temporaryFolder } from '../support/run-cascade.js';

/** FIPS 180-2, appendix B: of "abc", and of a million times "a". */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const MILLION = 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0';

test('texts, bytes and files, those of several chunks, too, have the sums of the standard', async (t) => {
  t.is(sha256Of('abc'), ABC);
  t.is(sha256Of(Uint8Array.of(0x61, 0x62, 0x63)), ABC);
  const file = path.join(await temporaryFolder(t), 'a');
  await writeFile(file, 'a'.repeat(1_000_000));
  t.is(await sha256OfFile(file), MILLION);
  await writeFile(file, 'a'.repeat(3_000_000));
  // sha256sum.
  t.is(await sha256OfFile(file), '2a152c894398719c0570f83fac34ac03a0f6e8e474b995c2403aa5434f7b9dd4');
});

test('a file of other bytes is damaged, one of which nothing is written down is not', (t) => {
  const seal = { namedBy: 'cascade.json', remedy: 'attach again' };
  t.notThrows(() => checkSeal('f', ABC, { ...seal, sha256: ABC }));
  t.notThrows(() => checkSeal('f', ABC, { ...seal, sha256: undefined }));
  t.throws(() => checkSeal('f', ABC, { ...seal, sha256: MILLION }), {
    instanceOf: CascadeError,
    message: 'f is damaged (its SHA-256 is not the one that cascade.json names); attach again.',
  });
});

test('a sum is 64 small hexadecimal digits', (t) => {
  t.true(sha256Schema.safeParse(ABC).success);
  for (const text of [ABC.slice(1), `${ABC}0`, ABC.toUpperCase(), `${ABC}\n`, ''])
    t.false(sha256Schema.safeParse(text).success, text);
});
