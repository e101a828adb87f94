import { rm } from 'node:fs/promises';
import { withFolderLock } from '../artifact/folders/folder-lock.js';
import { startPartial } from '../artifact/folders/partial-folder.js';
import { swapFolder } from '../artifact/folders/swap-folder.js';
import { checkInside } from '../files/inside-folder.js';
import { checkedShards, type FoundShard } from './check-shards.js';
import { loadSealedLabels, openRecordsOf, recordsFolder } from './records.js';
import { contentOf, RECORDS_SCHEMA } from './records-meta.js';
import { createRecords, type RecordsWriter } from './records-writer.js';
import { SplitShards } from './shards.js';

/** Rows that are copied at once: a few megabytes for a thousand classes. */
const ROWS = 512;

/**
 * Joins the shards of a split to its records, which are replaced whole or not at all, and removes them.
 *
 * @returns the images joined.
 * @throws CascadeError naming the shard that is missing, unfinished, wrong, doubled, foreign or damaged.
 */
export function mergeShards(cascade: string, records: string): Promise<number> {
  return withFolderLock(cascade, async () => {
    const target = recordsFolder(cascade, records);
    const { folder: shardsPlace } = new SplitShards(cascade, records);
    for (const place of [target, shardsPlace]) await checkInside(cascade, place);
    const shards = await checkedShards(cascade, records);
    const { shard, ...content } = contentOf(shards[0]!.meta);
    const labels = new Uint16Array(shard.total);
    const work = `${target}.partial`;
    await startPartial(work, null);
    for (const { folder, meta } of shards) labels.set(await loadSealedLabels(folder, meta), meta.shard.first);
    const joined = { ...content, schema: RECORDS_SCHEMA, images: shard.total };
    const writer = await createRecords(work, labels, joined);
    try {
      for (const each of shards) await copyRows(each, writer);
    } catch (error) {
      await writer.suspend();
      throw error;
    }
    await writer.commit();
    // A kill before the end leaves the shards, which merge again.
    await swapFolder(work, target);
    await rm(shardsPlace, { recursive: true });
    return shard.total;
  });
}

async function copyRows({ folder, meta }: FoundShard, writer: RecordsWriter): Promise<void> {
  const reader = await openRecordsOf(folder, meta);
  try {
    for (let first = 0; first < meta.images; first += ROWS)
      await writer.append(await reader.read(first, Math.min(ROWS, meta.images - first)));
  } finally {
    await reader.close();
  }
}
