import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { PARTIAL_FILE, removePartial, startPartial } from '../../../lib/artifact/folders/partial-folder.js';
import { CascadeError } from '../../../lib/errors.js';
import { temporaryFolder } from '../../support/run-cascade.js';

/** The name of a folder that is not there yet. */
async function newFolder(t: ExecutionContext): Promise<string> {
  return path.join(await temporaryFolder(t), 'a.partial');
}

test('work of the same plan is gone on with, work of another begins anew', async (t) => {
  const work = await newFolder(t);
  t.false(await startPartial(work, 'one'));
  await writeFile(path.join(work, 'features'), '');
  t.true(await startPartial(work, 'one'));
  t.deepEqual((await readdir(work)).sort(), ['features', PARTIAL_FILE]);
  t.false(await startPartial(work, 'two'));
  t.deepEqual(await readdir(work), [PARTIAL_FILE]);
});

test('work without a plan always begins anew', async (t) => {
  const work = await newFolder(t);
  await startPartial(work, null);
  await writeFile(path.join(work, 'features'), '');
  t.false(await startPartial(work, null));
  t.deepEqual(await readdir(work), [PARTIAL_FILE]);
});

test('a folder, a file and a mark that others made are left alone', async (t) => {
  const work = await newFolder(t);
  const message = `${work} is needed for the work and was not made by cascade; move it away or choose another name.`;
  await mkdir(work);
  await writeFile(path.join(work, 'thesis.tex'), '');
  await t.throwsAsync(startPartial(work, 'one'), { instanceOf: CascadeError, message });
  await t.throwsAsync(removePartial(work), { instanceOf: CascadeError, message });
  await writeFile(path.join(work, PARTIAL_FILE), '{"made_by": "somebody", "plan": "one"}');
  await t.throwsAsync(startPartial(work, 'one'), { instanceOf: CascadeError });
  await t.throwsAsync(removePartial(work), { instanceOf: CascadeError });
  t.true(existsSync(path.join(work, 'thesis.tex')));
  const file = await newFolder(t);
  await writeFile(file, '');
  await t.throwsAsync(startPartial(file, 'one'), { instanceOf: CascadeError });
  t.true(existsSync(file));
});

test('an empty folder, one whose mark was being written, and none are taken', async (t) => {
  const work = await newFolder(t);
  await removePartial(work);
  await mkdir(work);
  await writeFile(path.join(work, `${PARTIAL_FILE}.0123abcd.part`), '');
  t.false(await startPartial(work, 'one'));
  t.deepEqual(await readdir(work), [PARTIAL_FILE]);
  await removePartial(work);
  t.false(existsSync(work));
});

test('a link to a folder, through which work would leave its own, is not gone on with', async (t) => {
  const work = await newFolder(t);
  const outside = path.join(path.dirname(work), 'outside');
  await mkdir(outside);
  await startPartial(work, 'one');
  await mkdir(path.join(work, 'records'));
  await symlink(outside, path.join(work, 'records', 'test'));
  const message = /records\/test is a symbolic link to a folder, [^\n]+; remove the link\.$/;
  for (const plan of ['one', 'two'])
    await t.throwsAsync(
      startPartial(work, plan, async () => true),
      { instanceOf: CascadeError, message },
    );
  await rm(path.join(work, 'records', 'test'));
  // As `ask` makes them.
  await symlink(path.join(work, PARTIAL_FILE), path.join(work, 'records', 'picture'));
  t.true(await startPartial(work, 'one'));
});
