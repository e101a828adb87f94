import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { normalizationSchema } from '../data/normalization-schema.js';
import { preprocessingSchema } from '../data/pictures/preprocessing.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { type JsonLayout, readLayout } from '../files/json-layout.js';
import { plainName } from '../files/plain-name.js';
import { sha256Schema } from '../files/sha256.js';
import { HEAD_KIND_NAMES } from '../heads/head-kinds.js';
import { chosenClassesSchema } from './chosen-classes.js';
import { classCount, count, imageCount, seedSchema } from './counts.js';
import { costsFault, exitCostsSchema, MOST_EXITS } from './exit-costs.js';
import { folderName } from './folders/folder-name.js';

/** Version of the folder's layout that this program writes; it reads the older ones too. */
export const SCHEMA = 3;

/** Names that are made beside the records of a split by adding to theirs. */
const BESIDE_RECORDS = /\.(shards|partial|lock)$|\.replaced-[0-9a-f]+$/;

/** Where the images of a split are recorded. */
const splitRecordsSchema = z.strictObject({
  /** Folder under `records/`. */
  records: plainName.refine(
    (name) => !BESIDE_RECORDS.test(name),
    'ends like the name of an intermediate folder',
  ),
  /** The first or second half of a seeded stratified halving; all of it when left out. */
  half: z.union([z.literal(0), z.literal(1)]).exactOptional(),
});

export type SplitRecords = Readonly<z.infer<typeof splitRecordsSchema>>;

const exitSchema = z.strictObject({
  /** Block: for imported records the exit's own number. */
  ...exitCostsSchema.shape,
  name: z.string(),
  /** `classifier`: the own classifier of a network of a chain. */
  head: z.enum([...HEAD_KIND_NAMES, 'classifier', 'imported']),
  /** Accuracy on the fitting images that were held out, in percent; null for imported records. */
  held_out_accuracy_percent: z.number().min(0).max(100).nullable(),
});

/** How the heads were fitted. */
const fitSchema = z.strictObject({
  split: z.string(),
  images: imageCount,
  augmented_passes: count,
  /** Epochs of each head, in the order of the exits. */
  epochs: z.array(count).readonly(),
  backend: z.string(),
});

const side = z
  .int()
  .min(1)
  .max(2 ** 16);

/** A trained network. */
const networkFields = {
  /** What the file was called; it never is looked for. */
  file: z.string(),
  sha256: sha256Schema,
  architecture: z.string(),
  /** `[channels, height, width]`. */
  input_shape: z.tuple([side, side, side]).readonly(),
  normalization: normalizationSchema,
  chosen_classes: chosenClassesSchema.exactOptional(),
};

function isNormalizedByChannel({
  input_shape: [channels],
  normalization: { mean, std },
}: z.infer<z.ZodObject<typeof networkFields>>): boolean {
  return mean.length === channels && std.length === channels;
}

const BY_CHANNEL = { path: ['normalization'], message: 'there must be a mean and a std for each channel' };

/** The full network: the parts of a cascade that only one with a network has. */
const backboneSchema = z
  .strictObject({
    ...networkFields,
    /** How photographs become images of the input's shape; stretched where an older program left it out. */
    preprocessing: preprocessingSchema.exactOptional(),
  })
  .refine(isNormalizedByChannel, BY_CHANNEL);

/** A network of a chain, the full one among them. Images of another size than the full network's are resized for it. */
const memberSchema = z
  .strictObject({
    ...networkFields,
    /** What its exits are called by. */
    name: plainName,
    macs: count,
  })
  .refine(isNormalizedByChannel, BY_CHANNEL);

/**
 * The files of a cascade folder whose bytes `cascade.json` names. `thresholds.json` is not among them, since each calibration
 * changes it and it may be edited by hand: it is held against its layout alone. Recorded outputs are named by the `meta.json` beside
 * them, since they can be recorded again.
 */
export const SEALED_FILES = [
  'network.json',
  'backbone.safetensors',
  'heads.safetensors',
  'left-out.json',
] as const;

export type SealedFile = (typeof SEALED_FILES)[number];

/** What `cascade.json` holds: what a cascade folder is. */
const manifestSchema = z
  .strictObject({
    schema: z.int().min(1),
    cascade_version: z.string(),
    /** What its folder was called when it was made. */
    name: plainName,
    dataset: z.string(),
    classes: classCount,
    class_names: z.array(z.string()).readonly(),
    full_macs: count,
    /** Number of the full network, which is the last of `members`; absent where there is one network. */
    full_member: count.exactOptional(),
    /** Networks that are run one after another, from the cheapest. */
    members: z.array(memberSchema).min(2).max(MOST_EXITS).readonly().exactOptional(),
    mac_convention: z.enum(['default', 'paper']),
    exits: z.array(exitSchema).min(1).max(MOST_EXITS).readonly(),
    splits: z.strictObject({ calibration: splitRecordsSchema, test: splitRecordsSchema }),
    seed: seedSchema,
    /** Absent for imported records. */
    backbone: backboneSchema.exactOptional(),
    fit: fitSchema.exactOptional(),
    engine: z
      .strictObject({ name: z.string(), version: z.string(), backend: z.string().exactOptional() })
      .exactOptional(),
    /** SHA-256 of files beside this one; schema 1 has none. */
    sha256: z.partialRecord(z.enum(SEALED_FILES), sha256Schema).readonly().exactOptional(),
  })
  .superRefine((manifest, context) => {
    const refuse = (where: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path: where, message });
    const { schema, classes, class_names: names, exits, splits, backbone, fit, sha256 } = manifest;
    if (names.length !== classes) refuse(['class_names'], `there are ${names.length} for ${classes} classes`);
    for (const { chosen_classes: chosen } of [...(manifest.members ?? []), ...(backbone ? [backbone] : [])])
      if (chosen !== undefined && chosen.indices.length !== classes)
        refuse(['backbone', 'chosen_classes'], `there are ${chosen.indices.length} for ${classes} classes`);
    const fault = costsFault(manifest);
    if (fault !== undefined) refuse(...fault);
    if (fit !== undefined && fit.epochs.length !== exits.length)
      refuse(['fit', 'epochs'], 'there must be a number for each of the exits');
    if ((manifest.members?.length ?? 1) - 1 !== (manifest.full_member ?? 0))
      refuse(['members'], 'the full network must be the last of them');
    const { calibration, test } = splits;
    if (
      calibration.records === test.records &&
      (calibration.half === undefined || test.half === undefined || calibration.half === test.half)
    )
      refuse(['splits'], 'the same images serve for calibration and test, where each may serve one purpose');
    const named = schema < 2 || backbone === undefined ? [] : SEALED_FILES.slice(0, 3);
    for (const name of named)
      if (sha256?.[name] === undefined) refuse(['sha256', name], 'the SHA-256 of this file is missing');
  });

export type Manifest = Readonly<z.infer<typeof manifestSchema>>;

export const MANIFEST_FILE = 'cascade.json';

const LAYOUT: JsonLayout<typeof manifestSchema> = {
  schema: manifestSchema,
  version: SCHEMA,
  remedy: 'attach or import again',
};

/**
 * Reads a cascade folder's `cascade.json`. Its name is what the folder is called now, so that a copy's results never take the place of the
 * original's.
 *
 * @throws CascadeError if the folder is no cascade, is damaged, or was written by a newer program.
 */
export async function loadManifest(folder: string): Promise<Manifest> {
  const manifest = await readLayout(
    path.join(folder, MANIFEST_FILE),
    LAYOUT,
    `${folder} ${existsSync(folder) ? 'is not a cascade' : 'is not there'}; make one with \`cascade attach\` or \`cascade import-records\``,
  );
  return { ...manifest, name: folderName(folder) ?? manifest.name };
}

export async function saveManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFileAtomically(path.join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
}
