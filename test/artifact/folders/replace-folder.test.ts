import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { CASCADE_FOLDER } from '../../../lib/artifact/check-out.js';
import { PARTIAL_FILE } from '../../../lib/artifact/folders/partial-folder.js';
import { replaceFolder } from '../../../lib/artifact/folders/replace-folder.js';
import { CascadeError } from '../../../lib/errors.js';
import { temporaryFolder } from '../../support/run-cascade.js';

async function make(
  out: string,
  content: string,
  options: { force?: boolean; plan?: string } = {},
): Promise<void> {
  await replaceFolder({ out, kind: CASCADE_FOLDER, force: false, ...options }, (work) =>
    writeFile(path.join(work, 'cascade.json'), content),
  );
}

async function place(t: ExecutionContext): Promise<{ folder: string; out: string }> {
  const folder = await temporaryFolder(t);
  return { folder, out: path.join(folder, 'mine.cascade') };
}

test('a folder is made, and replaced by force, with nothing left beside it', async (t) => {
  const { folder, out } = await place(t);
  await make(out, 'old');
  await make(out, 'new', { force: true });
  t.is(await readFile(path.join(out, 'cascade.json'), 'utf8'), 'new');
  t.deepEqual(await readdir(out), ['cascade.json']);
  t.deepEqual(await readdir(folder), ['mine.cascade']);
});

test("a folder of the user's that is called like the intermediate one stays", async (t) => {
  const { out } = await place(t);
  const kept = path.join(`${out}.partial`, 'thesis.txt');
  await mkdir(path.dirname(kept));
  await writeFile(kept, 'years of work');
  await t.throwsAsync(make(out, 'new'), {
    instanceOf: CascadeError,
    message: `${out}.partial is needed for the work and was not made by cascade; move it away or choose another name.`,
  });
  t.is(await readFile(kept, 'utf8'), 'years of work');
});

test('a file or a link in the place of the intermediate folder stays', async (t) => {
  const { folder, out } = await place(t);
  const other = path.join(folder, 'other');
  await mkdir(other);
  await writeFile(path.join(other, PARTIAL_FILE), '{"made_by":"cascade","plan":null}');
  await symlink(other, `${out}.partial`);
  await t.throwsAsync(make(out, 'new'), { message: /was not made by cascade/ });
  t.deepEqual(await readdir(other), [PARTIAL_FILE]);
  const file = path.join(folder, 'second.cascade');
  await writeFile(`${file}.partial`, 'notes');
  await t.throwsAsync(make(file, 'new'), { message: /was not made by cascade/ });
  t.is(await readFile(`${file}.partial`, 'utf8'), 'notes');
});

test('work that fails leaves what was there, and nothing of its own', async (t) => {
  const { folder, out } = await place(t);
  await make(out, 'old');
  const order = { out, kind: CASCADE_FOLDER, force: true };
  await t.throwsAsync(
    replaceFolder(order, async (work) => {
      await writeFile(path.join(work, 'cascade.json'), 'half');
      throw new CascadeError('No more space.');
    }),
    { message: 'No more space.' },
  );
  t.is(await readFile(path.join(out, 'cascade.json'), 'utf8'), 'old');
  t.deepEqual(await readdir(folder), ['mine.cascade']);
});

test('work that fails under a plan is gone on with under the same plan, and removed under another', async (t) => {
  const { out } = await place(t);
  const order = { out, kind: CASCADE_FOLDER, force: false };
  const begin = (plan: string): Promise<void> =>
    replaceFolder({ ...order, plan }, async (work) => {
      await writeFile(path.join(work, 'begun'), plan);
      throw new CascadeError('Interrupted.');
    });
  const there = (plan: string): Promise<readonly string[]> => {
    let names: readonly string[] = [];
    return t
      .throwsAsync(
        replaceFolder({ ...order, plan }, async (work) => {
          names = (await readdir(work)).sort();
          throw new CascadeError('Seen.');
        }),
      )
      .then(() => names);
  };
  await t.throwsAsync(begin('one'), { message: 'Interrupted.' });
  t.deepEqual(await there('one'), ['begun', PARTIAL_FILE]);
  t.deepEqual(await there('two'), [PARTIAL_FILE]);
});

test('work under a plan that fails before anything is made leaves nothing', async (t) => {
  const { folder, out } = await place(t);
  const refuse = async (): Promise<never> => {
    throw new CascadeError('Image 3 has no label.');
  };
  await t.throwsAsync(replaceFolder({ out, kind: CASCADE_FOLDER, force: false, plan: 'one' }, refuse), {
    message: 'Image 3 has no label.',
  });
  t.deepEqual(await readdir(folder), []);
});

test('a rename that fails leaves the old folder in its place', async (t) => {
  const { folder, out } = await place(t);
  await make(out, 'old');
  const order = { out, kind: CASCADE_FOLDER, force: true };
  // What was made is gone when it is to be renamed.
  await t.throwsAsync(
    replaceFolder(order, (work) => rm(work, { recursive: true })),
    { message: `${out} cannot be put in place: no such file or directory.` },
  );
  t.is(await readFile(path.join(out, 'cascade.json'), 'utf8'), 'old');
  t.deepEqual(await readdir(folder), ['mine.cascade']);
});

test('force deletes no folder that holds what cascade did not make', async (t) => {
  const { out } = await place(t);
  await make(out, 'old');
  const kept = path.join(out, 'thesis.txt');
  await writeFile(kept, 'years of work');
  await t.throwsAsync(make(out, 'new', { force: true }), {
    message: `${out} holds thesis.txt, which is no part of a cascade; move it away or choose another --out.`,
  });
  t.is(await readFile(kept, 'utf8'), 'years of work');
  t.is(await readFile(path.join(out, 'cascade.json'), 'utf8'), 'old');
});
