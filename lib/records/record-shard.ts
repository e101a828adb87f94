import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SavedNetwork } from '../artifact/attached-network.js';
import { withFolderLock } from '../artifact/folders/folder-lock.js';
import type { Manifest } from '../artifact/manifest.js';
import type { LocatedDataset } from '../data/dataset.js';
import type { Engine } from '../engine/engine.js';
import { CascadeError } from '../errors.js';
import { checkInside } from '../files/inside-folder.js';
import { readLayoutIfThere } from '../files/json-layout.js';
import type { Reporter } from '../reporter.js';
import { openCascadeSplit } from './cascade-dataset.js';
import { contentOfSplit, recordSplit } from './record-split.js';
import { contentOf, META_FILE, SHARD_LAYOUT, type ShardContent } from './records-meta.js';
import {
  cascadeFingerprint,
  type Shard,
  SplitShards,
  shardName,
  shardRange,
  splitFingerprint,
} from './shards.js';

export interface ShardOptions {
  /** The cascade's folder. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly saved: SavedNetwork;
  readonly dataset: LocatedDataset;
  readonly engine: Engine;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/**
 * Records a shard of a split beside the cascade's records; one that is there whole is kept, an interrupted one gone on with.
 *
 * @throws CascadeError if the data set is another one, shards of another division are there, or a process is at the same shard.
 */
export async function recordShard(
  options: ShardOptions,
  role: keyof Manifest['splits'],
  shard: Shard,
): Promise<void> {
  const { folder, manifest, saved, dataset, engine, reporter } = options;
  const { description } = dataset;
  if (description.name !== manifest.dataset) {
    throw new CascadeError(
      `${folder} was made with ${manifest.dataset} and --data names ${description.name}; name the data set it was made with.`,
    );
  }
  const shards = new SplitShards(folder, manifest.splits[role].records);
  const other = (await shards.list()).find(({ of }) => of !== shard.of);
  if (other !== undefined) {
    throw new CascadeError(
      `${shards.folderOf(other)} is a shard of another division than --shard ${shardName(shard)}; finish and merge that one, or remove its folders.`,
    );
  }
  const source = await openCascadeSplit(folder, manifest, dataset, role);
  try {
    const { first, end } = shardRange(shard, source.count);
    const content: ShardContent = {
      ...contentOfSplit(source, manifest),
      images: end - first,
      shard: {
        ...shard,
        first,
        total: source.count,
        cascade: await cascadeFingerprint(folder),
        split: splitFingerprint(source, description.preprocessing),
        engine: [engine.name, engine.version, engine.backend].filter(Boolean).join(' '),
      },
    };
    const target = shards.folderOf(shard);
    await checkInside(folder, target);
    const work = async (): Promise<void> => {
      const found = await readLayoutIfThere(path.join(target, META_FILE), SHARD_LAYOUT);
      if (found !== undefined && isDeepStrictEqual(contentOf(found), content)) {
        return reporter.note(`Shard ${shardName(shard)} of ${source.name} is already recorded.`);
      }
      const exitLogits = saved.exits.map(({ logits }) => logits);
      await recordSplit({ ...options, network: saved.network, exitLogits }, source, target, content);
    };
    await withFolderLock(target, work, reporter.note);
  } finally {
    await source.close();
  }
}
