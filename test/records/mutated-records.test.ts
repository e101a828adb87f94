import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { locateDataset } from '../../lib/data/dataset.js';
import { checkedShards } from '../../lib/records/check-shards.js';
import { loadPool, loadSplit } from '../../lib/records/recorded-cascade.js';
import { recordsFolder } from '../../lib/records/records.js';
import { createRecords } from '../../lib/records/records-writer.js';
import { cascadeFingerprint, SplitShards } from '../../lib/records/shards.js';
import { openUsable } from '../../lib/records/usable-split.js';
import { flippedBits, readsOrRefuses } from '../support/mutations.js';
import { contentOfRecords, IMAGES, smallCascade, smallRecords } from '../support/small-cascade.js';
import { workshop } from '../support/workshop.js';

test('a changed meta.json is understood or refused in one sentence', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  await readsOrRefuses(t, path.join(recordsFolder(folder, 'test'), 'meta.json'), () =>
    loadSplit(folder, manifest, 'test', 0),
  );
});

test("a shard's changed meta.json is understood or refused in one sentence", async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const shard = { number: 1, of: 1 };
  const target = new SplitShards(folder, 'test').folderOf(shard);
  const [cascade, split] = [await cascadeFingerprint(folder), '0'.repeat(64)];
  const records = await createRecords(target, smallRecords(0).labels, {
    ...contentOfRecords(manifest, 'noise/test'),
    shard: { ...shard, first: 0, total: IMAGES, cascade, split, engine: 'none' },
  });
  await records.append(smallRecords(0).logits);
  await records.commit();
  await readsOrRefuses(t, path.join(target, 'meta.json'), () => checkedShards(folder, 'test'));
});

test('a changed progress.json is gone on with, started anew or refused in one sentence', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const target = recordsFolder(folder, 'other');
  const { labels } = smallRecords(0);
  const content = contentOfRecords(manifest, 'noise/other');
  const begin = async (): Promise<void> => {
    await (await createRecords(target, labels, content)).suspend();
  };
  await begin();
  const file = path.join(target, 'progress.json');
  await writeFile(file, JSON.stringify({ rows: 0, meta: content }));
  await readsOrRefuses(t, file, begin);
});

test('a changed left-out.json is understood or refused in one sentence', async (t) => {
  const folder = await workshop(t);
  const dataset = await locateDataset(path.join(folder, 'noise'), folder);
  const split = dataset.description.splits.test;
  const file = path.join(folder, 'left-out.json');
  await writeFile(file, JSON.stringify({ 'noise/test': [0, 3, 7], other: [1] }));
  const open = async (): Promise<void> => {
    const source = await openUsable(dataset, split, folder);
    await source.close();
  };
  await readsOrRefuses(t, file, open);
  await rm(file);
});

test('no bit of the records can change without a word', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  for (const name of ['labels.npy', 'logits-0.npy', 'logits-full.npy']) {
    const file = path.join(recordsFolder(folder, 'test'), name);
    for (const read of [() => loadSplit(folder, manifest, 'test', 0), () => loadPool(folder, manifest)]) {
      const said = await flippedBits(file, 60, read);
      for (const sentence of said) t.true(sentence.startsWith(file), sentence);
      // Damaged headers, labels and logits may be told as what they then are.
      const sealed = `${file} is damaged (its SHA-256 is not the one that meta.json names); record it again.`;
      t.true(said.includes(sealed));
    }
  }
});
