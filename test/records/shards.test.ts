import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { npyHeader } from '../../lib/files/npy/npy.js';
import { shardRange } from '../../lib/records/shards.js';
import { madeOnce } from '../support/made-once.js';
import { type CascadeRun, mustRun, runCascade, startCascade } from '../support/run-cascade.js';
import { ATTACH, idxFiles, workshop } from '../support/workshop.js';

/** Records of a split, by file name. */
async function recordsOf(folder: string, split: string): Promise<Record<string, string>> {
  const records = path.join(folder, 'mine.cascade', 'records', split);
  const pairs = (await readdir(records)).map(
    async (name) => [name, await readFile(path.join(records, name), 'base64')] as const,
  );
  return Object.fromEntries(await Promise.all(pairs));
}

const attached = madeOnce(async (lifetime) => {
  const folder = await workshop(lifetime);
  await mustRun(folder, ...ATTACH, '--augment', '0', '--out', 'mine.cascade');
  return folder;
});

function record(folder: string, ...words: readonly string[]): Promise<CascadeRun> {
  return runCascade(
    folder,
    'record',
    'mine.cascade',
    // Joining reads no images.
    ...(words.includes('--merge') ? [] : ['--data', 'noise']),
    '--split',
    'test',
    '--quiet',
    ...words,
  );
}

async function recordShards(t: ExecutionContext, folder: string, of: number): Promise<void> {
  for (let number = 1; number <= of; number++) {
    const { code, stderr } = await record(folder, '--shard', `${number}/${of}`);
    t.is(code, 0, stderr);
  }
}

test('shards are whole batches that cover all images once', (t) => {
  for (const images of [1, 32, 33, 200, 10_000]) {
    const batches = Math.ceil(images / 32);
    for (const of of [1, 2, 3, 7, 16].filter((each) => each <= batches)) {
      let end = 0;
      for (let number = 1; number <= of; number++) {
        const range = shardRange({ number, of }, images);
        t.is(range.first, end);
        t.is(range.first % 32, 0);
        t.true(range.end > range.first);
        end = range.end;
      }
      t.is(end, images);
    }
  }
});

test('shards join to the bytes that attach recorded, however many they are', async (t) => {
  const folder = await attached(t);
  const expected = await recordsOf(folder, 'test');
  for (const of of [1, 7]) {
    await rm(path.join(folder, 'mine.cascade', 'records', 'test'), { recursive: true, force: true });
    await recordShards(t, folder, of);
    const { code, stdout, stderr } = await record(folder, '--merge');
    t.is(code, 0, stderr);
    t.is(stdout, 'test: 200 images are recorded.\n');
    t.deepEqual(await recordsOf(folder, 'test'), expected);
    t.deepEqual((await readdir(path.join(folder, 'mine.cascade', 'records'))).sort(), [
      'calibration',
      'test',
    ]);
  }
  t.is((await record(folder)).code, 0);
  t.deepEqual(await recordsOf(folder, 'test'), expected);
});

test('a wrong, missing, doubled or foreign shard is refused by name', async (t) => {
  const folder = await attached(t);
  const expected = await recordsOf(folder, 'test');
  const shards = path.join(folder, 'mine.cascade', 'records', 'test.shards');
  const second = path.join(shards, '2-of-3');
  const refusal = async (pattern: RegExp): Promise<void> => {
    const { code, stderr } = await record(folder, '--merge');
    t.is(code, 1);
    t.regex(stderr, pattern);
    t.deepEqual(await recordsOf(folder, 'test'), expected);
  };
  await refusal(/mine\.cascade has no shards of test; record them/);
  await recordShards(t, folder, 3);
  const kept = path.join(folder, 'kept');
  await cp(second, kept, { recursive: true });
  const restore = async (): Promise<void> => {
    await rm(second, { recursive: true, force: true });
    await cp(kept, second, { recursive: true });
  };

  await rm(second, { recursive: true });
  await refusal(/Shard 2\/3 of test is missing; run `cascade record mine\.cascade --shard 2\/3`\./);
  await restore();
  await rm(path.join(second, 'meta.json'));
  await refusal(/Shard 2\/3 of test is unfinished; run/);
  await restore();
  await truncate(path.join(second, 'logits-full.npy'), 200);
  await refusal(/2-of-3 is a wrong shard, logits-full\.npy has 200 bytes instead of \d+;/);
  await restore();
  await rm(second, { recursive: true });
  await cp(path.join(shards, '1-of-3'), second, { recursive: true });
  await refusal(/2-of-3 is doubled, it holds shard 1\/3;/);
  await restore();
  await cp(second, path.join(shards, '2-of-4'), { recursive: true });
  await refusal(/Shards 1\/3 and 2\/4 of test are doubled/);
  t.regex((await record(folder, '--shard', '1/3')).stderr, /2-of-4 is a shard of another division/);
  await rename(path.join(shards, '2-of-4'), path.join(shards, '4-of-3'));
  await refusal(/4-of-3 is a wrong shard, its number is not between 1 and 3;/);
  await rm(path.join(shards, '4-of-3'), { recursive: true });

  await runCascade(folder, ...ATTACH, '--augment', '0', '--seed', '9', '--out', 'other.cascade');
  const words = ['record', 'other.cascade', '--data', 'noise', '--split', 'test', '--shard', '2/3'];
  t.is((await runCascade(folder, ...words)).code, 0);
  await rm(second, { recursive: true });
  await cp(path.join(folder, 'other.cascade', 'records', 'test.shards', '2-of-3'), second, {
    recursive: true,
  });
  await refusal(/2-of-3 is a foreign shard, recorded with another cascade;/);
  await restore();
  t.is((await record(folder, '--merge')).code, 0);
  t.deepEqual(await recordsOf(folder, 'test'), expected);
});

test('more shards than batches, and numbers beyond them, are wrong usage', async (t) => {
  const folder = await attached(t);
  const tooFine = await record(folder, '--shard', '1/8');
  t.is(tooFine.code, 2);
  t.regex(tooFine.stderr, /--shard 1\/8 divides 200 images too finely; .* at most 7\.\n$/);
  for (const words of [
    ['--shard', '4/3'],
    ['--shard', '0/3'],
    ['--shard', '1/3', '--merge'],
  ]) {
    t.is((await record(folder, ...words)).code, 2);
  }
});

test('a shard that was killed goes on behind its last flush, to the same bytes', async (t) => {
  const folder = await attached(t);
  const { images, labels } = idxFiles(30_000, 3);
  await writeFile(path.join(folder, 'noise', 'test-images'), images);
  await writeFile(path.join(folder, 'noise', 'test-labels'), labels);
  t.is((await record(folder)).code, 0);
  const expected = await recordsOf(folder, 'test');

  const words = ['record', 'mine.cascade', '--data', 'noise', '--split', 'test', '--quiet', '--shard', '1/1'];
  const child = startCascade(folder, ...words);
  const ended = once(child, 'close');
  const shard = path.join(folder, 'mine.cascade', 'records', 'test.shards', '1-of-1');
  const progress = path.join(shard, 'progress.json');
  while (child.exitCode === null && !existsSync(progress)) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  child.kill('SIGKILL');
  t.deepEqual(await ended, [null, 'SIGKILL']);
  t.false(existsSync(path.join(shard, 'meta.json')));
  const { rows } = JSON.parse(await readFile(progress, 'utf8')) as { readonly rows: number };
  t.true(rows >= 2048 && rows < 30_000, String(rows));
  // What was flushed is not computed again: a mark in it outlives the second run, and is wiped out where the bytes are compared.
  const file = path.join(shard, 'logits-full.npy');
  const original = await readFile(file);
  const start = npyHeader('<f4', [30_000, 3]).length;
  const marked = Buffer.from(original);
  marked.writeFloatLE(12_345, start);
  await writeFile(file, marked);
  // The dead process's lock lapses by itself; the test does not wait for that.
  await rm(`${shard}.lock`, { recursive: true });
  t.is((await record(folder, '--shard', '1/1')).code, 0);
  t.is((await readFile(file)).readFloatLE(start), 12_345);
  t.is((await record(folder, '--merge')).code, 0);
  const merged = path.join(folder, 'mine.cascade', 'records', 'test', 'logits-full.npy');
  const finished = await readFile(merged);
  t.is(finished.readFloatLE(start), 12_345);
  original.copy(finished, start, start, start + 4);
  await writeFile(merged, finished);
  // The mark is part of what meta.json vouches for.
  const without = ({ 'meta.json': _, ...files }: Record<string, string>): Record<string, string> => files;
  t.deepEqual(without(await recordsOf(folder, 'test')), without(expected));
});
