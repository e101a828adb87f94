import { z } from 'zod';
import { classCount, count, imageCount } from '../artifact/counts.js';
import { costsFault, exitCostsSchema, MOST_EXITS } from '../artifact/exit-costs.js';
import type { JsonLayout } from '../files/json-layout.js';
import { sha256Schema } from '../files/sha256.js';

/** Version of the records' layout that this program writes; it reads the older ones too. */
export const RECORDS_SCHEMA = 2;

/** Beside recorded logits: its presence says that they are whole. */
export const META_FILE = 'meta.json';

/** What the records of a split hold, as it is known before they are recorded. */
const contentSchema = z.strictObject({
  schema: z.int().min(1),
  /** Where the images come from, e.g. `cifar10/test`, in that file's order from its first on. */
  source: z.string(),
  images: imageCount,
  classes: classCount,
  exits: z.array(exitCostsSchema).min(1).max(MOST_EXITS).readonly(),
  full_macs: count,
  /** Number of the full network among the networks of a chain. */
  full_member: count.exactOptional(),
});

/** Where a shard belongs. */
const placeSchema = z.strictObject({
  /** Counted from 1. */
  number: z.int().min(1),
  of: z.int().min(1),
  first: count,
  /** Images of the whole split. */
  total: imageCount,
  /** SHA-256 of the cascade: its network's files, the images left out, the records' layout. */
  cascade: sha256Schema,
  /** SHA-256 of what the split is: its name, labels and preprocessing. */
  split: sha256Schema,
  engine: z.string(),
});

const shardContentSchema = contentSchema.extend({ shard: placeSchema });

/** SHA-256 of the files beside it; schema 1 has none. */
const seals = { sha256: z.record(z.string(), sha256Schema).readonly().exactOptional() };

type Sealed = z.infer<typeof contentSchema> & {
  readonly sha256?: Readonly<Record<string, string>> | undefined;
};

/** What is wrong with fields that are right each. */
function checkMeta(meta: Sealed, context: z.core.$RefinementCtx): void {
  const fault = costsFault(meta);
  if (fault !== undefined)
    context.addIssue({ code: 'custom', path: fault[0], message: fault[1], input: meta });
  for (const name of meta.schema < 2 ? [] : recordFiles(meta.exits.length)) {
    if (meta.sha256 !== undefined && Object.hasOwn(meta.sha256, name)) continue;
    const message = 'the SHA-256 of this file is missing';
    context.addIssue({ code: 'custom', path: ['sha256', name], message, input: meta });
  }
}

/** `meta.json` beside recorded logits. */
const metaSchema = contentSchema.extend(seals).superRefine(checkMeta);

/** `meta.json` of a shard: that of its records, and what tells where it belongs. */
const shardMetaSchema = shardContentSchema.extend(seals).superRefine(checkMeta);

/** What records hold, before they are there. */
export type RecordsContent = Readonly<z.infer<typeof contentSchema>>;

export type ShardContent = Readonly<z.infer<typeof shardContentSchema>>;

export type RecordsMeta = Readonly<z.infer<typeof metaSchema>>;

export type ShardMeta = Readonly<z.infer<typeof shardMetaSchema>>;

export const RECORDS_LAYOUT: JsonLayout<typeof metaSchema> = {
  schema: metaSchema,
  version: RECORDS_SCHEMA,
  remedy: 'record again',
};

export const SHARD_LAYOUT: JsonLayout<typeof shardMetaSchema> = {
  schema: shardMetaSchema,
  version: RECORDS_SCHEMA,
  remedy: 'remove its folder and record the shard again',
};

/** Beside unfinished records: how many rows are surely on the disk, and of what. */
export const PROGRESS_LAYOUT = {
  schema: z.strictObject({ rows: count, meta: z.union([shardContentSchema, contentSchema]) }),
  remedy: 'remove its folder and record again',
};

export const LABELS_FILE = 'labels.npy';

/** The file of an exit's logits; the last one is the full network's. */
export function logitsName(exit: number, exits: number): string {
  return exit === exits ? 'logits-full.npy' : `logits-${exit}.npy`;
}

/** All files beside `meta.json`. @param exits without the full network. */
export function recordFiles(exits: number): readonly string[] {
  return [LABELS_FILE, ...Array.from({ length: exits + 1 }, (_, exit) => logitsName(exit, exits))];
}

/** What was known of a `meta.json` before the records were there. */
export function contentOf<Meta extends Sealed>({ sha256: _, ...content }: Meta): Omit<Meta, 'sha256'> {
  return content;
}
