import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { CascadeError, usageError } from '../errors.js';
import { PACKAGE_ROOT } from '../files/package-root.js';
import { readJson } from '../files/read-json.js';
import { downloadSchema } from './download-schema.js';
import { nearest } from './nearest.js';
import { normalizationSchema } from './normalization-schema.js';
import { preprocessingSchema, STRETCH } from './preprocessing.js';

const splitSchema = z.strictObject({
  /** Key of `files`. */
  from: z.string(),
  /** First or second half of a seeded stratified halving. */
  half: z.union([z.literal(0), z.literal(1)]).optional(),
  /** First image and the one behind the last. */
  range: z.tuple([z.int().nonnegative(), z.int().positive()]).optional(),
});

const formatSchema = z.enum(['cifar-binary', 'idx', 'image-folder', 'image-list', 'parquet', 'svhn-mat']);

const fileGroupSchema = z.strictObject({
  /** The data set's own when left out. */
  format: formatSchema.optional(),
  paths: z.array(z.string()).min(1),
  /** Of `image-folder`: the folder inside each class's folder that holds its images. */
  images_in: z.string().optional(),
  /** Of `image-list`: the number that stands for the first class. */
  first_label: z.union([z.literal(0), z.literal(1)]).default(0),
  /** Of `image-list`: a file of class ids, one a line, in the order that the numbers count; that of the classes when left out. */
  label_order: z.string().optional(),
  /** Of `image-list` in CSV and of `parquet`: the columns. */
  image_column: z.string().optional(),
  label_column: z.string().default('label'),
});

/** Files that hold images, or layouts of them that a data set is found in: the first that is there is read. */
const filesSchema = z.union([
  z
    .array(z.string())
    .min(1)
    .transform((paths) => [fileGroupSchema.parse({ paths })]),
  fileGroupSchema.transform((group) => [group]),
  z.array(fileGroupSchema).min(1),
]);

const schema = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    format: formatSchema,
    class_names: z.array(z.string()).min(2),
    /** What files and folders call the classes, e.g. ImageNet's WordNet ids. */
    class_ids: z.array(z.string()).optional(),
    shape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
    /** Of CIFAR's binaries: bytes before the pixels, and which of them is the class. */
    label_bytes: z.int().positive().default(1),
    label_byte: z.int().nonnegative().default(0),
    preprocessing: preprocessingSchema.default(STRETCH),
    normalization: normalizationSchema,
    augmentation: z.object({ crop_padding: z.int().nonnegative(), flip: z.boolean() }).optional(),
    /** Folder in which the archive unpacks. */
    folder: z.string().optional(),
    files: z.record(z.string(), filesSchema),
    splits: z.object({ fit: splitSchema, calibration: splitSchema, test: splitSchema }),
    downloads: z.array(downloadSchema).default([]),
    /** How to come by it, where it cannot simply be downloaded. */
    obtain: z.string().optional(),
    license: z.string().optional(),
    /** Where the images come from and how they were chosen. */
    origin: z.string().optional(),
  })
  .refine(({ class_ids: ids, class_names: names }) => ids === undefined || ids.length === names.length, {
    path: ['class_ids'],
    message: 'there must be one for each of the class_names',
  });

/** What a data set is, where its files are, and which part of it serves what: the content of a `datasets/*.json`. */
export type DatasetDescription = z.infer<typeof schema>;

/** Files that are read together, and how. */
export type FileGroup = z.infer<typeof fileGroupSchema>;

export type DatasetFormat = z.infer<typeof formatSchema>;

/** A part of a data set: some of its files' images. */
export type SplitDescription = z.infer<typeof splitSchema>;

export type SplitRole = 'fit' | 'calibration' | 'test';

const DESCRIPTIONS = path.join(PACKAGE_ROOT, 'datasets');

/** The names that `--data` takes. */
export async function knownDatasets(): Promise<readonly string[]> {
  const entries = await readdir(DESCRIPTIONS, { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      if (entry.isDirectory()) return entry.name;
      return entry.name.endsWith('.json') && entry.name !== 'backbones.json' ? entry.name.slice(0, -5) : [];
    })
    .sort();
}

/**
 * Reads the description of a data set.
 *
 * @param name one of `knownDatasets`, a folder that contains a `dataset.json`, or such a file.
 * @throws CascadeError if there is none by that name, or it is not valid.
 */
export async function loadDescription(
  name: string,
): Promise<{ readonly description: DatasetDescription; readonly file: string }> {
  const candidates = [
    path.join(DESCRIPTIONS, `${name}.json`),
    path.join(DESCRIPTIONS, name, 'dataset.json'),
    path.join(name, 'dataset.json'),
    ...(name.endsWith('.json') ? [name] : []),
  ];
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) {
    const known = await knownDatasets();
    const suggestion = nearest(name, known);
    throw usageError(
      `--data ${name} is neither a known data set (${known.join(', ')}) nor a folder with a dataset.json, which datasets/README.md shows how to write${suggestion === undefined ? '.' : `; did you mean ${suggestion}?`}`,
    );
  }
  return { description: parseDescription(await readJson(file, `${file} is not there`), file), file };
}

function parseDescription(content: unknown, file: string): DatasetDescription {
  const { data: description, error } = schema.safeParse(content);
  if (error !== undefined) {
    const { path: where, message } = error.issues[0]!;
    throw new CascadeError(
      `${file} is no valid data set description: ${[where.join('.'), message].filter(Boolean).join(': ')}.`,
    );
  }
  const roles = Object.entries(description.splits);
  for (const [role, { from }] of roles) {
    if (!(from in description.files)) {
      throw new CascadeError(`${file} takes the split ${role} from ${from}, which is not among its files.`);
    }
  }
  for (const [index, [role, split]] of roles.entries()) {
    for (const [other, otherSplit] of roles.slice(index + 1)) {
      if (overlap(split, otherSplit)) {
        throw new CascadeError(
          `${file} uses the same images for ${role} and ${other}; no image may serve two purposes.`,
        );
      }
    }
  }
  return description;
}

function overlap(a: SplitDescription, b: SplitDescription): boolean {
  if (a.from !== b.from) return false;
  if (a.half !== undefined && b.half !== undefined && a.half !== b.half) return false;
  const [start, end] = a.range ?? [0, Number.POSITIVE_INFINITY];
  const [otherStart, otherEnd] = b.range ?? [0, Number.POSITIVE_INFINITY];
  return start < otherEnd && otherStart < end;
}
