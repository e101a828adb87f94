import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { SEALED_FILES } from '../artifact/manifest.js';
import { counted } from '../counted.js';
import type { ImageSource } from '../data/image-source.js';
import type { Preprocessing } from '../data/pictures/preprocessing.js';
import { BATCH_SIZE } from '../engine/stream-images.js';
import { usageError } from '../errors.js';
import { readWhole } from '../files/open-for-reading.js';
import { recordsFolder } from './records.js';

/** One of several contiguous parts of a split that are recorded apart, counted from 1. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

export function shardName({ number, of }: Shard): string {
  return `${number}/${of}`;
}

/** The shards of a split, beside the cascade's records of it. */
export class SplitShards {
  readonly folder: string;

  /** @param records name of the split's records. */
  constructor(
    readonly cascade: string,
    readonly records: string,
  ) {
    this.folder = `${recordsFolder(cascade, records)}.shards`;
  }

  folderOf({ number, of }: Shard): string {
    return path.join(this.folder, `${number}-of-${of}`);
  }

  /** Those that are there, whole or not, by number. */
  async list(): Promise<readonly Shard[]> {
    const names = existsSync(this.folder) ? await readdir(this.folder) : [];
    return names
      .flatMap((name) => {
        const match = /^(\d+)-of-(\d+)$/.exec(name);
        return match === null ? [] : [{ number: Number(match[1]), of: Number(match[2]) }];
      })
      .sort((a, b) => a.number - b.number || a.of - b.of);
  }
}

/**
 * The images of a shard. Shards are of whole batches, as even as can be: an engine may round otherwise in a batch of another size,
 * and joined shards are to be the same bytes as what is recorded in one go.
 *
 * @throws CascadeError if there are more shards than batches.
 */
export function shardRange(
  { number, of }: Shard,
  images: number,
): { readonly first: number; readonly end: number } {
  const batches = Math.ceil(images / BATCH_SIZE);
  if (of > batches) {
    throw usageError(
      `--shard ${number}/${of} divides ${counted(images, 'image')} too finely; shards are of whole batches of ${BATCH_SIZE}, so take at most ${batches}.`,
    );
  }
  const bound = (part: number): number => Math.min(images, Math.floor((part * batches) / of) * BATCH_SIZE);
  return { first: bound(number - 1), end: bound(number) };
}

/** Changes when logits are laid out in another way, so that their shards cannot be joined. */
const LOGITS_LAYOUT = 'records 1';

/** Tells cascades apart whose shards must not be mixed. */
export async function cascadeFingerprint(cascade: string): Promise<string> {
  const hash = createHash('sha256').update(LOGITS_LAYOUT);
  for (const name of SEALED_FILES) {
    const file = path.join(cascade, name);
    hash.update(`\n${name}\n`);
    if (existsSync(file)) hash.update(await readWhole(file));
  }
  return hash.digest('hex');
}

/** Tells splits apart whose shards must not be mixed. */
export function splitFingerprint({ name, labels }: ImageSource, preprocessing: Preprocessing): string {
  const hash = createHash('sha256').update(JSON.stringify([name, preprocessing]));
  return hash.update(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength)).digest('hex');
}
