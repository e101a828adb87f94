import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { CASCADE_FOLDER, cascadeName, checkReplaceable } from '../../lib/artifact/check-out.js';
import { CascadeError } from '../../lib/errors.js';
import { temporaryFolder } from '../support/run-cascade.js';

test('a folder that is not there may be written, one of another kind never', async (t) => {
  const folder = await temporaryFolder(t);
  t.notThrows(() => checkReplaceable(path.join(folder, 'new.cascade'), false, CASCADE_FOLDER));
  t.throws(() => checkReplaceable(folder, true, CASCADE_FOLDER), {
    instanceOf: CascadeError,
    message: `${folder} is there already and is no cascade; choose another --out.`,
  });
});

test('a place inside a file is refused in words', async (t) => {
  const file = path.join(await temporaryFolder(t), 'notes.txt');
  await writeFile(file, '');
  const out = path.join(file, 'new.cascade');
  t.throws(() => checkReplaceable(out, false, CASCADE_FOLDER), {
    instanceOf: CascadeError,
    message: `${out} cannot be made: ${file} is no folder; name another place.`,
  });
});

test('a cascade is replaced by force only, and only if it holds nothing else', async (t) => {
  const folder = await temporaryFolder(t);
  for (const name of ['cascade.json', 'thresholds.json', 'network.json', '.DS_Store', 'x.json.0123abcd.part'])
    await writeFile(path.join(folder, name), '{}');
  await mkdir(path.join(folder, 'records'));
  t.throws(() => checkReplaceable(folder, false, CASCADE_FOLDER), {
    message: `${folder} is there already; choose another --out or add --force to replace it.`,
  });
  t.notThrows(() => checkReplaceable(folder, true, CASCADE_FOLDER));
  await writeFile(path.join(folder, 'thesis.tex'), '');
  t.throws(() => checkReplaceable(folder, true, CASCADE_FOLDER), {
    message: `${folder} holds thesis.tex, which is no part of a cascade; move it away or choose another --out.`,
  });
});

test('a cascade is called like its folder, which must have a name', (t) => {
  t.is(cascadeName('runs/mine.cascade'), 'mine');
  t.is(cascadeName('runs/mine/'), 'mine');
  t.is(cascadeName('.'), path.basename(path.resolve('.')));
  for (const out of ['/', '.cascade', 'a..cascade'])
    t.throws(() => cascadeName(out), { instanceOf: CascadeError, message: /gives the cascade no name/ }, out);
});
