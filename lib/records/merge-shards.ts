import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { withFolderLock } from '../artifact/folder-lock.js';
import { CascadeError } from '../errors.js';
import { npyHeader } from '../files/npy.js';
import { checkedShards } from './check-shards.js';
import { loadLabels, logitsFile, recordsFolder } from './records.js';
import { createRecords } from './records-writer.js';
import { shardsFolder } from './shards.js';

/** Rows that are copied at once: a few megabytes for a thousand classes. */
const ROWS = 512;

/**
 * Joins the shards of a split to its records, which are replaced whole or not at all, and removes them.
 *
 * @returns the images joined.
 * @throws CascadeError naming the shard that is missing, unfinished, wrong, doubled or foreign.
 */
export function mergeShards(cascade: string, records: string): Promise<number> {
  return withFolderLock(cascade, async () => {
    const shards = await checkedShards(cascade, records);
    const { shard, ...meta } = shards[0]!.meta;
    const joined = { ...meta, images: shard.total };
    const labels = new Uint16Array(shard.total);
    for (const { folder, meta: part } of shards) {
      labels.set(
        await loadLabels(path.join(folder, 'labels.npy'), part.images, part.classes),
        part.shard.first,
      );
    }
    const target = recordsFolder(cascade, records);
    const [work, old] = [`${target}.merging`, `${target}.replaced`];
    await rm(work, { recursive: true, force: true });
    const writer = await createRecords(work, labels, joined);
    try {
      for (const { folder, meta: part } of shards) {
        const files = Array.from({ length: part.exits.length + 1 }, (_, exit) =>
          logitsFile(folder, exit, part.exits.length),
        );
        for (let first = 0; first < part.images; first += ROWS) {
          const rows = Math.min(ROWS, part.images - first);
          await writer.append(
            await Promise.all(files.map((file) => readRows(file, [part.images, part.classes], first, rows))),
          );
        }
      }
    } catch (error) {
      await writer.suspend();
      throw error;
    }
    await writer.commit();
    // A kill between the two renames leaves the shards, which merge again.
    await rm(old, { recursive: true, force: true });
    if (existsSync(target)) await rename(target, old);
    await rename(work, target);
    await rm(shardsFolder(cascade, records), { recursive: true });
    await rm(old, { recursive: true, force: true });
    return shard.total;
  });
}

async function readRows(
  file: string,
  shape: readonly [rows: number, columns: number],
  first: number,
  rows: number,
): Promise<Float32Array> {
  const values = new Float32Array(rows * shape[1]);
  const bytes = new Uint8Array(values.buffer);
  const start = npyHeader('<f4', shape).length + first * shape[1] * Float32Array.BYTES_PER_ELEMENT;
  const handle = await open(file);
  try {
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done);
      if (bytesRead === 0) throw new CascadeError(`${file} is cut off; record its shard again.`);
      done += bytesRead;
    }
  } finally {
    await handle.close();
  }
  return values;
}
