import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { runCascade, startCascade } from '../../support/run-cascade.js';
import { ATTACH, workshop } from '../../support/workshop.js';

async function bytesOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== 'cascade.json')
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  const pairs = names.map(async (name) => [name, await readFile(path.join(folder, name), 'base64')] as const);
  return Object.fromEntries(await Promise.all(pairs));
}

test('attach makes a cascade of a network and data of the user, the same bytes each time', async (t) => {
  const folder = await workshop(t);
  for (const out of ['one.cascade', 'two.cascade']) {
    const { code, stderr, stdout } = await runCascade(folder, ...ATTACH, '--out', out);
    t.is(code, 0, stderr);
    t.regex(stdout, /ResNet-8 \(6n\+2, option A\) on Noise, 2 exits/);
  }
  const [one, two] = [
    await bytesOf(path.join(folder, 'one.cascade')),
    await bytesOf(path.join(folder, 'two.cascade')),
  ];
  t.true(Object.keys(one).includes('heads.safetensors'));
  t.deepEqual(one, two);
  t.false(existsSync(path.join(folder, 'one.cascade.partial')));
});

test('attach fits a head with a convolution beside another, the same bytes each time', async (t) => {
  const folder = await workshop(t);
  for (const out of ['one.cascade', 'two.cascade']) {
    const { code, stderr } = await runCascade(folder, ...ATTACH, '--heads', '0:conv,1:mlp', '--out', out);
    t.is(code, 0, stderr);
  }
  t.deepEqual(
    await bytesOf(path.join(folder, 'one.cascade')),
    await bytesOf(path.join(folder, 'two.cascade')),
  );
  const manifest = JSON.parse(await readFile(path.join(folder, 'one.cascade', 'cascade.json'), 'utf8'));
  t.like(manifest, { exits: [{ head: 'conv' }, { head: 'mlp' }], fit: { epochs: [6, 10] } });
});

test('an attach that was killed goes on to the same bytes', async (t) => {
  const folder = await workshop(t);
  await runCascade(folder, ...ATTACH, '--out', 'whole.cascade');
  const child = startCascade(folder, ...ATTACH, '--out', 'cut.cascade');
  const ended = once(child, 'close');
  const partial = path.join(folder, 'cut.cascade.partial');
  // As soon as a first piece of the work is on disk.
  while (child.exitCode === null && !existsSync(path.join(partial, 'features'))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.kill('SIGINT');
  t.deepEqual(await ended, [130, null]);
  t.true(existsSync(partial));
  t.false(existsSync(path.join(folder, 'cut.cascade')));
  const { code, stderr } = await runCascade(folder, ...ATTACH, '--out', 'cut.cascade');
  t.is(code, 0, stderr);
  t.regex(stderr, /Going on where an earlier run stopped/);
  t.deepEqual(
    await bytesOf(path.join(folder, 'cut.cascade')),
    await bytesOf(path.join(folder, 'whole.cascade')),
  );
});

test('a class count that differs from the data set is one sentence', async (t) => {
  const folder = await workshop(t, 5);
  const { code, stderr } = await runCascade(folder, ...ATTACH, '--out', 'a.cascade');
  t.is(code, 1);
  t.is(
    stderr.split('\n').findLast((line) => line !== ''),
    'cascade: backbone.safetensors has 5 output classes, but Noise has 3; choose the data set it was trained for with --data.',
  );
});

test('an exit behind the last block is refused', async (t) => {
  const folder = await workshop(t);
  const { code, stderr } = await runCascade(folder, ...ATTACH.slice(0, -1), '0,9', '--out', 'a.cascade');
  t.is(code, 2);
  t.regex(stderr, /^cascade: [^\n]*9[^\n]*\.\n$/m);
});

test('weights that are cut off name the file', async (t) => {
  const folder = await workshop(t);
  const file = path.join(folder, 'backbone.safetensors');
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, bytes.length - 100));
  const { code, stderr } = await runCascade(folder, ...ATTACH, '--out', 'a.cascade');
  t.is(code, 1);
  t.regex(stderr, /^cascade: backbone\.safetensors [^\n]+\.\n$/);
});

test('weights that hold NaN name the tensor', async (t) => {
  const folder = await workshop(t);
  const file = path.join(folder, 'backbone.safetensors');
  const bytes = await readFile(file);
  bytes.writeFloatLE(Number.NaN, bytes.length - 4);
  await writeFile(file, bytes);
  const { code, stderr } = await runCascade(folder, ...ATTACH, '--out', 'a.cascade');
  t.is(code, 1);
  t.regex(stderr, /^cascade: backbone\.safetensors holds NaN or infinite values in the tensor \S+;/);
});
