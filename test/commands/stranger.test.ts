import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { madeOnce } from '../support/made-once.js';
import { mustRun, runCascade } from '../support/run-cascade.js';
import { ATTACH, workshop } from '../support/workshop.js';

const attached = madeOnce(async (lifetime) => {
  const folder = await workshop(lifetime);
  await mustRun(folder, ...ATTACH, '--augment', '0', '--out', 'mine.cascade');
  return folder;
});

/** A cascade, and beside it a folder that nothing may touch. */
async function withVictim(t: ExecutionContext): Promise<{ folder: string; untouched: () => Promise<void> }> {
  const folder = await attached(t);
  const victim = path.join(folder, 'victim');
  await mkdir(victim);
  await writeFile(path.join(victim, 'thesis.txt'), 'years of work');
  return {
    folder,
    async untouched() {
      t.deepEqual(await readdir(victim), ['thesis.txt']);
      t.is(await readFile(path.join(victim, 'thesis.txt'), 'utf8'), 'years of work');
    },
  };
}

const RECORD = ['record', 'mine.cascade', '--data', 'noise', '--split', 'test', '--quiet'] as const;

test('a cascade whose records or name are paths changes nothing outside itself', async (t) => {
  const { folder, untouched } = await withVictim(t);
  const file = path.join(folder, 'mine.cascade', 'cascade.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { splits: object };
  for (const change of [
    { splits: { ...manifest.splits, test: { records: '../../victim' } } },
    { name: '../../victim' },
  ]) {
    await writeFile(file, JSON.stringify({ ...manifest, ...change }));
    for (const words of [RECORD, ['calibrate', 'mine.cascade'], ['eval', 'mine.cascade']]) {
      const { code, stderr } = await runCascade(folder, ...words);
      t.is(code, 1);
      t.regex(
        stderr,
        /^cascade: mine\.cascade\/cascade\.json is damaged \([^\n]+holds a separator of folders\)[^\n]+\n$/,
      );
    }
    await untouched();
  }
});

test('links in a cascade lead no writing and no deleting out of it', async (t) => {
  const { folder, untouched } = await withVictim(t);
  const records = path.join(folder, 'mine.cascade', 'records');
  const refused = async (): Promise<void> => {
    const { code, stderr } = await runCascade(folder, ...RECORD);
    t.is(code, 1);
    t.regex(stderr, /^cascade: [^\n]+ leads out of mine\.cascade by a symbolic link, [^\n]+\n$/);
    await untouched();
  };
  await symlink('../../victim', path.join(records, 'test.shards'));
  await refused();
  await rename(records, path.join(folder, 'kept'));
  await symlink('../victim', records);
  await refused();
});

test('a cascade that names a data set by a path says that --data is needed', async (t) => {
  const { folder } = await withVictim(t);
  const file = path.join(folder, 'mine.cascade', 'cascade.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...manifest, dataset: '../noise' }));
  const { code, stderr } = await runCascade(folder, 'record', 'mine.cascade', '--quiet');
  t.is(code, 2);
  t.is(stderr, 'cascade: mine.cascade names no data set but "../noise"; say which with --data.\n');
});
