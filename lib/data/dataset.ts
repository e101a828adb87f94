import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { CascadeError, usageError } from '../errors.js';
import { openCifarBinary } from './cifar-binary.js';
import { openIdx } from './idx.js';
import type { ImageSource } from './image-source.js';
import { nearest } from './nearest.js';
import { PACKAGE_ROOT } from './package-root.js';
import { readJson } from './read-json.js';

const splitSchema = z.strictObject({
  /** Key of `files`. */
  from: z.string(),
  /** First or second half of a seeded stratified halving. */
  half: z.union([z.literal(0), z.literal(1)]).optional(),
  /** First image and the one behind the last. */
  range: z.tuple([z.int().nonnegative(), z.int().positive()]).optional(),
});

const schema = z.object({
  name: z.string(),
  title: z.string(),
  format: z.enum(['cifar-binary', 'idx']),
  class_names: z.array(z.string()).min(2),
  shape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
  /** Of CIFAR's binaries: bytes before the pixels, and which of them is the class. */
  label_bytes: z.int().positive().default(1),
  label_byte: z.int().nonnegative().default(0),
  normalization: z.object({ mean: z.array(z.number()), std: z.array(z.number().positive()) }),
  augmentation: z.object({ crop_padding: z.int().nonnegative(), flip: z.boolean() }).optional(),
  /** Folder in which the archive unpacks. */
  folder: z.string().optional(),
  files: z.record(z.string(), z.array(z.string()).min(1)),
  splits: z.object({ fit: splitSchema, calibration: splitSchema, test: splitSchema }),
  downloads: z.array(z.object({ url: z.url(), md5: z.string().length(32), unpack: z.boolean() })).default([]),
  license: z.string().optional(),
});

/** What a data set is, where its files are, and which part of it serves what: the content of a `datasets/*.json`. */
export type DatasetDescription = z.infer<typeof schema>;

/** A part of a data set: some of its files' images. */
export type SplitDescription = z.infer<typeof splitSchema>;

export type SplitRole = 'fit' | 'calibration' | 'test';

/** A data set with the folder that its files are in. */
export interface LocatedDataset {
  readonly description: DatasetDescription;
  readonly folder: string;
}

/** Where data sets live unless told otherwise: `CASCADE_DATA`, else `cascade` in the user's cache folder. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return (
    environment['CASCADE_DATA'] ??
    path.join(environment['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'cascade')
  );
}

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
      `--data ${name} is neither a known data set (${known.join(', ')}) nor a folder with a dataset.json${suggestion === undefined ? '.' : `; did you mean ${suggestion}?`}`,
    );
  }
  return { description: parseDescription(await readJson(file, `${file} is not there`), file), file };
}

function parseDescription(content: unknown, file: string): DatasetDescription {
  const { data: description, error } = schema.safeParse(content);
  if (error !== undefined) {
    const [issue] = error.issues;
    throw new CascadeError(
      `${file} is no valid data set description: ${issue!.path.join('.')}: ${issue!.message}.`,
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

/**
 * Finds a data set's files: in the folder itself, in the archive's folder inside it, or beside the description.
 *
 * @throws CascadeError saying which file was looked for and how to get it.
 */
export async function locateDataset(name: string, dataFolder: string): Promise<LocatedDataset> {
  const { description, file } = await loadDescription(name);
  const candidates = [
    dataFolder,
    path.join(dataFolder, description.folder ?? description.name),
    path.dirname(file),
  ];
  const first = Object.values(description.files)[0]![0]!;
  for (const folder of candidates) {
    if (fileIn(folder, first) !== undefined) return { description, folder };
  }
  const remedy =
    description.downloads.length === 0
      ? 'name its folder with --data-dir'
      : `run \`cascade fetch ${name}\` or name its folder with --data-dir`;
  throw new CascadeError(
    `${description.title} is not in ${dataFolder} (${first} was looked for); ${remedy}.`,
  );
}

/** A file of a folder, unpacked where only its `.gz` is described. */
function fileIn(folder: string, name: string): string | undefined {
  const candidates = [path.join(folder, name), path.join(folder, name.replace(/\.gz$/, ''))];
  return candidates.find((candidate) => existsSync(candidate));
}

/**
 * Opens the images of a split, its range applied but not its halving, which depends on a seed.
 *
 * @throws CascadeError if a file is missing or damaged.
 */
export async function openSplit(
  { description, folder }: LocatedDataset,
  split: SplitDescription,
): Promise<ImageSource> {
  const { class_names: classNames, format, label_bytes: labelBytes, label_byte: labelByte } = description;
  const files = description.files[split.from]!.map((name) => fileIn(folder, name) ?? path.join(folder, name));
  const name = `${description.name}/${split.from}`;
  const classes = classNames.length;
  const source =
    format === 'idx'
      ? await openIdx(name, files[0]!, files[1] ?? '', classes)
      : await openCifarBinary(name, files, { labelBytes, labelByte, classes });
  if (source.shape.join() !== description.shape.join()) {
    await source.close();
    throw new CascadeError(
      `${files[0]} has images of ${source.shape.join('×')} where ${description.name} has ${description.shape.join('×')}.`,
    );
  }
  return split.range === undefined ? source : withinRange(source, split.range);
}

function withinRange(source: ImageSource, [start, end]: readonly [number, number]): ImageSource {
  return {
    ...source,
    name: `${source.name}[${start}:${end}]`,
    count: Math.min(end, source.count) - start,
    labels: source.labels.slice(start, end),
    readImages: (indices, into) =>
      source.readImages(
        Uint32Array.from(indices, (index) => index + start),
        into,
      ),
  };
}
