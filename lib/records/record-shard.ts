import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SavedNetwork } from '../artifact/attached-network.js';
import { withFolderLock } from '../artifact/folder-lock.js';
import type { Manifest } from '../artifact/manifest.js';
import { checkSealed } from '../artifact/sealed-files.js';
import type { LocatedDataset } from '../data/dataset.js';
import type { Engine } from '../engine/engine.js';
import { CascadeError } from '../errors.js';
import { checkInside } from '../files/inside-folder.js';
import { readLayoutIfThere } from '../files/json-layout.js';
import type { Reporter } from '../reporter.js';
import { recordSplit } from './record-split.js';
import { contentOf, META_FILE, RECORDS_SCHEMA, SHARD_LAYOUT, type ShardContent } from './records-meta.js';
import {
  cascadeFingerprint,
  listShards,
  type Shard,
  shardFolder,
  shardName,
  shardRange,
  splitFingerprint,
} from './shards.js';
import { LEFT_OUT_FILE, openUsable } from './usable-split.js';

export interface ShardOrder {
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
  order: ShardOrder,
  role: keyof Manifest['splits'],
  shard: Shard,
): Promise<void> {
  const { folder, manifest, saved, dataset, engine, reporter, signal } = order;
  const { description } = dataset;
  if (description.name !== manifest.dataset) {
    throw new CascadeError(
      `${folder} was made with ${manifest.dataset} and --data names ${description.name}; name the data set it was made with.`,
    );
  }
  const { records } = manifest.splits[role];
  const other = (await listShards(folder, records)).find(({ of }) => of !== shard.of);
  if (other !== undefined) {
    const there = shardFolder(folder, records, other);
    throw new CascadeError(
      `${there} is a shard of another division than --shard ${shardName(shard)}; finish and merge that one, or remove its folders.`,
    );
  }
  await checkSealed(folder, manifest, LEFT_OUT_FILE);
  const source = await openUsable(dataset, description.splits[role], folder);
  try {
    const { first, end } = shardRange(shard, source.count);
    const meta: ShardContent = {
      schema: RECORDS_SCHEMA,
      source: source.name,
      images: end - first,
      classes: manifest.classes,
      exits: manifest.exits.map(({ block, backbone_macs, head_macs }) => ({
        block,
        backbone_macs,
        head_macs,
      })),
      full_macs: manifest.full_macs,
      shard: {
        ...shard,
        first,
        total: source.count,
        cascade: await cascadeFingerprint(folder),
        split: splitFingerprint(source, description.preprocessing),
        engine: [engine.name, engine.version, engine.backend].filter(Boolean).join(' '),
      },
    };
    const target = shardFolder(folder, records, shard);
    await checkInside(folder, target);
    const work = async (): Promise<void> => {
      const found = await readLayoutIfThere(path.join(target, META_FILE), SHARD_LAYOUT);
      if (found !== undefined && isDeepStrictEqual(contentOf(found), meta)) {
        return reporter.note(`Shard ${shardName(shard)} of ${source.name} is already recorded.`);
      }
      const bar = reporter.bar(`Recording ${source.name}, shard ${shardName(shard)}`, meta.images);
      const outputs = [...saved.exits.map(({ logits }) => logits), saved.network.graph.output];
      const onProgress = (done: number): void => bar.update(done);
      try {
        await recordSplit(engine, saved.network, outputs, source, target, meta, {
          first,
          onProgress,
          signal,
        });
      } finally {
        bar.stop();
      }
    };
    await withFolderLock(target, work, reporter.note);
  } finally {
    await source.close();
  }
}
