import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CascadeError } from '../errors.js';
import { readLayoutIfThere } from '../files/json-layout.js';
import { npyHeader } from '../files/npy/npy.js';
import { logitsFile } from './records.js';
import { META_FILE, SHARD_LAYOUT, type ShardMeta } from './records-meta.js';
import { cascadeFingerprint, type Shard, SplitShards, shardName, shardRange } from './shards.js';

/** A whole shard where it lies. */
export interface FoundShard {
  readonly folder: string;
  readonly meta: ShardMeta;
}

/**
 * All shards of a split in order, after they were found to be whole, of one division, of this cascade and of the same images.
 *
 * @throws CascadeError naming the shard that is missing, unfinished, wrong, doubled or foreign.
 */
export async function checkedShards(cascade: string, records: string): Promise<readonly FoundShard[]> {
  const split = new SplitShards(cascade, records);
  const there = await split.list();
  const [first] = there;
  if (first === undefined) {
    throw new CascadeError(
      `${cascade} has no shards of ${records}; record them with \`cascade record ${cascade} --shard 1/4\` and so on.`,
    );
  }
  const other = there.find(({ of }) => of !== first.of);
  if (other !== undefined) {
    throw new CascadeError(
      `Shards ${shardName(first)} and ${shardName(other)} of ${records} are doubled: they are of two divisions of the same images; remove the folders of one from ${split.folder}.`,
    );
  }
  const surplus = there.find(({ number, of }) => number < 1 || number > of);
  if (surplus !== undefined) {
    throw new CascadeError(
      `${split.folderOf(surplus)} is a wrong shard, its number is not between 1 and ${surplus.of}; remove it.`,
    );
  }
  const fingerprint = await cascadeFingerprint(cascade);
  const shards: FoundShard[] = [];
  for (let number = 1; number <= first.of; number++) {
    const shard = { number, of: first.of };
    if (!there.some((each) => each.number === number)) throw unrecorded('missing', split, shard);
    const found = { folder: split.folderOf(shard), meta: await metaOf(split, shard) };
    await checkShard(found, shard, fingerprint, shards[0]);
    shards.push(found);
  }
  return shards;
}

function unrecorded(what: string, { cascade, records }: SplitShards, shard: Shard): CascadeError {
  const name = shardName(shard);
  return new CascadeError(
    `Shard ${name} of ${records} is ${what}; run \`cascade record ${cascade} --shard ${name}\`.`,
  );
}

async function metaOf(split: SplitShards, shard: Shard): Promise<ShardMeta> {
  const file = path.join(split.folderOf(shard), META_FILE);
  const meta = await readLayoutIfThere(file, SHARD_LAYOUT);
  if (meta === undefined) throw unrecorded('unfinished', split, shard);
  return meta;
}

/** Whether records are of as many classes and of exits at the same places. */
function sameNetwork(one: ShardMeta, other: ShardMeta): boolean {
  return one.classes === other.classes && isDeepStrictEqual(one.exits, other.exits);
}

async function checkShard(
  { folder, meta }: FoundShard,
  shard: Shard,
  fingerprint: string,
  first: FoundShard | undefined,
): Promise<void> {
  const refuse = (what: string): CascadeError =>
    new CascadeError(`${folder} ${what}; remove it and record shard ${shardName(shard)} again.`);
  const { shard: is } = meta;
  if (is.cascade !== fingerprint) throw refuse('is a foreign shard, recorded with another cascade');
  if (is.number !== shard.number || is.of !== shard.of)
    throw refuse(`is doubled, it holds shard ${shardName(is)}`);
  const origin = first?.meta.shard ?? is;
  const alike = [
    is.split === origin.split,
    is.total === origin.total,
    sameNetwork(meta, first?.meta ?? meta),
  ];
  if (alike.includes(false))
    throw refuse(`is a foreign shard, recorded of other images than shard 1/${shard.of}`);
  if (is.engine !== origin.engine)
    throw refuse(`was recorded with ${is.engine} and shard 1/${shard.of} with ${origin.engine}`);
  const range = shardRange(shard, is.total);
  if (is.first !== range.first || meta.images !== range.end - range.first)
    throw refuse(
      `is a wrong shard, it holds images ${is.first} to ${is.first + meta.images} instead of ${range.first} to ${range.end}`,
    );
  const bytes =
    npyHeader('<f4', [meta.images, meta.classes]).length +
    meta.images * meta.classes * Float32Array.BYTES_PER_ELEMENT;
  for (let exit = 0; exit <= meta.exits.length; exit++) {
    const file = logitsFile(folder, exit, meta.exits.length);
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size !== bytes)
      throw refuse(`is a wrong shard, ${path.basename(file)} has ${size} bytes instead of ${bytes}`);
  }
}
