import type { Manifest } from '../artifact/manifest.js';
import { mergeShards } from '../records/merge-shards.js';
import { recordShard, type ShardOptions } from '../records/record-shard.js';
import { type Shard, shardName } from '../records/shards.js';

type Role = keyof Manifest['splits'];

/** What was recorded; a row of `record --json`. */
export type RecordedRow =
  | { readonly records: string; readonly images: number }
  | { readonly records: string; readonly shard: string };

/**
 * Records a cascade's outputs again, whole or a shard of them, beside the records that are there; whole ones replace those.
 *
 * @param split whose images.
 * @param shard the part to record; all when left out.
 * @throws CascadeError as `recordShard` and `mergeRecords` do.
 */
export async function recordCascade(
  options: ShardOptions,
  split: Role | 'all',
  shard?: Shard,
): Promise<readonly RecordedRow[]> {
  const { folder, manifest } = options;
  const roles = recordedRoles(manifest, split);
  for (const role of roles) await recordShard(options, role, shard ?? { number: 1, of: 1 });
  if (shard === undefined) return mergeRecords(folder, manifest, split);
  return roles.map((role) => ({ records: manifest.splits[role].records, shard: shardName(shard) }));
}

/**
 * Joins all shards of a cascade's records.
 *
 * @throws CascadeError naming the shard that is missing, unfinished, wrong, doubled, foreign or damaged.
 */
export async function mergeRecords(
  folder: string,
  manifest: Manifest,
  split: Role | 'all',
): Promise<readonly RecordedRow[]> {
  const rows: RecordedRow[] = [];
  for (const role of recordedRoles(manifest, split)) {
    const { records } = manifest.splits[role];
    rows.push({ records, images: await mergeShards(folder, records) });
  }
  return rows;
}

/** One role for each set of records: two halves of a set are recorded together. */
function recordedRoles({ splits }: Manifest, split: Role | 'all'): readonly Role[] {
  return (['calibration', 'test'] as const)
    .filter((role) => split === 'all' || split === role)
    .filter(
      (role, index, all) => all.findIndex((each) => splits[each].records === splits[role].records) === index,
    );
}
