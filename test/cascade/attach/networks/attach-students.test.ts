import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { writeSafetensors } from '../../../../lib/weights/safetensors.js';
import { runCascade, startCascade } from '../../../support/run-cascade.js';
import { ATTACH, workshop } from '../../../support/workshop.js';

/** Two students before the backbone and one exit inside it. */
const WITH_STUDENTS = [
  ...ATTACH,
  '--heads',
  'input:student@40%,@80%,linear',
  '--exits',
  '1,',
  '--epochs',
  '4',
];

async function bytesOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.safetensors'));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), 'hex')])),
  );
}

/** Kills an attach to `cut.cascade` after an epoch of its student. @returns the file that the student was kept in. */
async function killedInsideFit(folder: string, words: readonly string[]): Promise<string> {
  const child = startCascade(folder, ...words);
  const ended = once(child, 'close');
  const unfinished = path.join(
    folder,
    'cut.cascade.partial',
    'fitted',
    'student-0-80.safetensors.unfinished',
  );
  while (child.exitCode === null && !existsSync(unfinished))
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGINT');
  await ended;
  return unfinished;
}

test('attach puts students before the backbone, and all that follows takes them for networks of a chain', async (t) => {
  const folder = await workshop(t);
  const { code, stderr, stdout } = await runCascade(folder, ...WITH_STUDENTS, '--out', 'one.cascade');
  t.is(code, 0, stderr);
  t.regex(stderr, /Fitting a student of .* M MACs \(.* % of the network's\) takes about \d+ s/);
  t.regex(stdout, /3 exits/);
  const manifest = JSON.parse(await readFile(path.join(folder, 'one.cascade', 'cascade.json'), 'utf8'));
  t.like(manifest, {
    full_member: 2,
    exits: [
      { member: 0, block: null, head: 'classifier', name: 'student-40' },
      { member: 1, block: null, head: 'classifier' },
      { member: 2, block: 1, head: 'linear', name: 'backbone, block 1' },
    ],
    fit: { epochs: [4, 4, 10] },
  });
  const [small, large, full] = manifest.members;
  t.true(small.macs <= 0.4 * full.macs && small.macs < large.macs && large.macs <= 0.8 * full.macs);
  t.is(full.macs, manifest.full_macs);
  for (const words of [
    ['calibrate', 'one.cascade', '--max-drop', '5%', '--confidence', 'none'],
    ['eval', 'one.cascade'],
    ['export', 'one.cascade', '--out', 'exported'],
  ]) {
    const result = await runCascade(folder, ...words);
    t.is(result.code, 0, `${words[0]}: ${result.stderr}`);
  }
});

test('students that were cut off in the middle go on to the same bytes', async (t) => {
  const folder = await workshop(t);
  const words = [...ATTACH, '--heads', 'input:student@80%', '--exits', 'none'];
  await runCascade(folder, ...words, '--out', 'whole.cascade');
  await killedInsideFit(folder, [...words, '--out', 'cut.cascade']);
  const { code, stderr } = await runCascade(folder, ...words, '--out', 'cut.cascade');
  t.is(code, 0, stderr);
  t.deepEqual(
    await bytesOf(path.join(folder, 'cut.cascade')),
    await bytesOf(path.join(folder, 'whole.cascade')),
  );
});

test('students with an engine that fits no whole networks are refused before anything is computed', async (t) => {
  const folder = await workshop(t);
  const words = [...ATTACH, '--heads', 'input:student@80%', '--engine', 'tensorflow'];
  const { code, stderr } = await runCascade(folder, ...words);
  t.not(code, 0);
  t.regex(stderr, /The engine tensorflow fits no whole networks; .*--engine onnxruntime/);
  t.notRegex(stderr, /Trying/);
});

test('a damaged unfinished student is refused with what to do', async (t) => {
  const folder = await workshop(t);
  const words = [...ATTACH, '--heads', 'input:student@80%', '--exits', 'none', '--out', 'cut.cascade'];
  const unfinished = await killedInsideFit(folder, words);
  await writeFile(unfinished, writeSafetensors(new Map(), { epochs: '1' }));
  const { code, stderr } = await runCascade(folder, ...words);
  t.not(code, 0);
  t.regex(stderr, /is no unfinished network of this size; delete it and attach again\./);
});

test('a student that is larger than its share allows is refused before anything is computed', async (t) => {
  const folder = await workshop(t);
  const { code, stderr } = await runCascade(folder, ...ATTACH, '--heads', 'input:student@1%');
  t.not(code, 0);
  t.regex(stderr, /A student takes at least [\d,]+ multiply-accumulates/);
});
