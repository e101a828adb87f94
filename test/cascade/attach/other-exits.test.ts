import { readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { runCascade } from '../../support/run-cascade.js';
import { ATTACH, workshop } from '../../support/workshop.js';

const WORDS = ATTACH.slice(0, -2);

async function bytesOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.safetensors'));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), 'hex')])),
  );
}

test('an unfinished attach goes on with other exits: what serves is kept, what is dropped is said, the bytes are those of a fresh one', async (t) => {
  const folder = await workshop(t);
  const images = path.join(folder, 'noise', 'test-images');
  await rename(images, `${images}.away`);
  const first = await runCascade(folder, ...WORDS, '--exits', '0,1', '--out', 'other.cascade');
  t.is(first.code, 1);
  await rename(`${images}.away`, images);

  const second = await runCascade(folder, ...WORDS, '--exits', '0,', '--out', 'other.cascade');
  t.is(second.code, 0, second.stderr);
  const partial = 'other.cascade.partial';
  // Two passes and a head of each of the exits.
  t.true(
    second.stderr.startsWith(
      `Going on with other exits than an earlier run (${partial}): of its features and heads 3 files serve and are kept; dropped are 3, of exits that are not asked for or unfinished and the recorded outputs.\n`,
    ),
    second.stderr,
  );
  t.notRegex(second.stderr, /Fitting images/);

  const fresh = await runCascade(folder, ...WORDS, '--exits', '0,', '--out', 'fresh.cascade');
  t.is(fresh.code, 0, fresh.stderr);
  t.deepEqual(
    await bytesOf(path.join(folder, 'other.cascade')),
    await bytesOf(path.join(folder, 'fresh.cascade')),
  );
  t.deepEqual(
    await readFile(path.join(folder, 'other.cascade', 'records', 'test', 'logits-0.npy'), 'hex'),
    await readFile(path.join(folder, 'fresh.cascade', 'records', 'test', 'logits-0.npy'), 'hex'),
  );
});

test('an unfinished attach on other images begins anew', async (t) => {
  const folder = await workshop(t);
  const images = path.join(folder, 'noise', 'test-images');
  await rename(images, `${images}.away`);
  await runCascade(folder, ...WORDS, '--exits', '0,', '--out', 'other.cascade');
  await rename(`${images}.away`, images);
  const words = ['--exits', '0,1', '--fit-images', '200', '--out', 'other.cascade'];
  const { code, stderr } = await runCascade(folder, ...WORDS, ...words);
  t.is(code, 0, stderr);
  t.notRegex(stderr, /Going on/);
});
