import path from 'node:path';
import { z } from 'zod';
import { CascadeError } from '../errors.js';
import { plainFault } from '../files/plain-fault.js';
import { readJson } from '../files/read-json.js';
import { type ClassIndices, classIndicesSchema, MOST_CLASSES } from './class-indices.js';
import { downloadSchema } from './download/download-schema.js';
import { findDescription, noDescription } from './find-description.js';
import { normalizationSchema } from './normalization-schema.js';
import { pathInside, plainName, readPath } from './path-schema.js';
import { LONGEST_SIDE, preprocessingSchema, STRETCH } from './pictures/preprocessing.js';

const MOST_LABEL_BYTES = 1024;
/** Each may stand for many files. */
const MOST_PATHS = 1024;
const side = z.int().positive().max(LONGEST_SIDE);

const splitSchema = z.strictObject({
  /** Key of `files`. */
  from: plainName,
  /** First or second half of a seeded stratified halving. */
  half: z.literal([0, 1]).optional(),
  /** First image and the one behind the last. */
  range: z
    .tuple([z.int().nonnegative(), z.int().positive()])
    .refine(([start, end]) => start < end, 'the second number must be larger than the first')
    .optional(),
});

const formatSchema = z.enum(['cifar-binary', 'idx', 'image-folder', 'image-list', 'parquet', 'svhn-mat']);

const pathsSchema = z.array(readPath).min(1).max(MOST_PATHS);

const fileGroupSchema = z.strictObject({
  /** The data set's own when left out. */
  format: formatSchema.optional(),
  /** Only read, and so they may lead out of the folder. */
  paths: pathsSchema,
  /** For `image-folder`: the folder inside each class's folder that holds its images. */
  images_in: pathInside.optional(),
  /** For `image-list`: the number that stands for the first class. */
  first_label: z.literal([0, 1]).default(0),
  /** For `image-list`: a file of class ids, one a line, in the order that the numbers count; that of the classes when left out. */
  label_order: readPath.optional(),
  /** For `image-list` in CSV and for `parquet`: the columns that hold images and labels. */
  image_column: z.string().optional(),
  label_column: z.string().default('label'),
});

/** Files that hold images, or layouts of them that a data set is found in: the first that is there is read. */
const filesSchema = z
  .union([
    pathsSchema.transform((paths) => [fileGroupSchema.parse({ paths })]),
    fileGroupSchema.transform((group) => [group]),
    z.array(fileGroupSchema).min(1),
  ])
  .refine(
    (groups) => groups.every(({ paths }) => new Set(paths).size === paths.length),
    'a path stands there more than once',
  );

const schema = z
  .strictObject({
    name: plainName,
    title: z.string(),
    format: formatSchema,
    class_names: z.array(z.string()).min(2).max(MOST_CLASSES),
    /** What files and folders call the classes, e.g. ImageNet's WordNet ids. */
    class_ids: z
      .array(z.string())
      .refine((ids) => new Set(ids).size === ids.length, 'each of them must be there once')
      .optional(),
    /** Which of a network's classes these are, where it has more. */
    class_indices: classIndicesSchema.optional(),
    shape: z.tuple([z.literal([1, 3]), side, side]),
    /** For CIFAR's binaries: how many bytes stand before the pixels, and which of them, from 0, is the class. */
    label_bytes: z.int().positive().max(MOST_LABEL_BYTES).default(1),
    label_byte: z.int().nonnegative().default(0),
    preprocessing: preprocessingSchema.default(STRETCH),
    normalization: normalizationSchema,
    augmentation: z
      .object({ crop_padding: z.int().nonnegative().max(LONGEST_SIDE), flip: z.boolean() })
      .optional(),
    /** Folder in which the archive unpacks. */
    folder: pathInside.optional(),
    files: z.record(plainName, filesSchema),
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
  })
  .refine(
    ({ class_indices: chosen, class_names: names }) =>
      (chosen?.indices.length ?? names.length) === names.length,
    {
      path: ['class_indices'],
      // Indices that are wrong by themselves have no number.
      when: ({ issues }) => issues.length === 0,
      error({ input }) {
        const { class_indices: chosen, class_names: names } = input as Readonly<{
          class_indices: ClassIndices;
          class_names: readonly string[];
        }>;
        return `there are ${chosen.indices.length}, and there must be one for each of the ${names.length} class_names`;
      },
    },
  )
  .refine(({ label_byte: byte, label_bytes: bytes }) => byte < bytes, {
    path: ['label_byte'],
    message: 'it must be less than label_bytes',
  })
  .refine(
    ({ normalization: { mean, std }, shape: [channels] }) =>
      mean.length === channels && std.length === channels,
    { path: ['normalization'], message: 'mean and std must have a number for each channel of the shape' },
  );

/** What a data set is, where its files are, and which part of it serves what: the content of a `datasets/*.json`. */
export type DatasetDescription = z.infer<typeof schema>;

/** Files that are read together, and how. */
export type FileGroup = z.infer<typeof fileGroupSchema>;

export type DatasetFormat = z.infer<typeof formatSchema>;

/** A part of a data set: some of its files' images. */
export type SplitDescription = z.infer<typeof splitSchema>;

export type SplitRole = 'fit' | 'calibration' | 'test';

/**
 * Reads the description of a data set.
 *
 * @param name one of `knownDatasets`, a folder that contains a `dataset.json`, or such a file.
 * @throws CascadeError if there is none by that name, or it is not valid.
 */
export async function loadDescription(
  name: string,
): Promise<{ readonly description: DatasetDescription; readonly file: string }> {
  const file = findDescription(name);
  if (file === undefined) throw await noDescription(name);
  return { description: await parseDescription(await readJson(file, `${file} is not there`), file), file };
}

async function parseDescription(content: unknown, file: string): Promise<DatasetDescription> {
  const { data: description, error } = await schema.safeParseAsync(content, { error: plainFault });
  if (error !== undefined) {
    const { path: where, message } = innermost(error.issues[0]!);
    throw new CascadeError(
      `${file} is no valid data set description: ${[where.join('.'), message].filter(Boolean).join(': ')}.`,
    );
  }
  const roles = Object.entries(description.splits);
  for (const [role, { from }] of roles) {
    if (!Object.hasOwn(description.files, from)) {
      throw new CascadeError(`${file} takes the split ${role} from ${from}, which is not among its files.`);
    }
  }
  for (const [index, [role, split]] of roles.entries()) {
    for (const [other, otherSplit] of roles.slice(index + 1)) {
      if (shareFiles(description, split, otherSplit) && overlap(split, otherSplit)) {
        throw new CascadeError(
          `${file} uses the same images for ${role} and ${other}; no image may serve two purposes.`,
        );
      }
    }
  }
  return description;
}

/** Where a value may have several forms, what is wrong in the form that it comes nearest to. */
function innermost(issue: z.core.$ZodIssue): {
  readonly path: readonly PropertyKey[];
  readonly message: string;
} {
  const branches = issue.code === 'invalid_union' ? issue.errors.map(([first]) => first!) : [];
  const [nearest, ...others] = branches
    .filter((each) => each !== undefined)
    .map(innermost)
    .sort((a, b) => b.path.length - a.path.length);
  if (nearest === undefined || (others.length > 0 && nearest.path.length === 0)) return issue;
  return { path: [...issue.path, ...nearest.path], message: nearest.message };
}

/** Whether a group of files is among those of both, by whatever key each names them. */
function shareFiles({ files }: DatasetDescription, a: SplitDescription, b: SplitDescription): boolean {
  const groups = ({ from }: SplitDescription): string[] =>
    files[from]!.map(({ paths, images_in: folder = '' }) =>
      JSON.stringify([...paths, folder].map((each) => path.join(each, '.'))),
    );
  const others = groups(b);
  return groups(a).some((group) => others.includes(group));
}

/** Whether splits of the same files have images in common. */
function overlap(a: SplitDescription, b: SplitDescription): boolean {
  if (a.half !== undefined && b.half !== undefined && a.half !== b.half) return false;
  const [start, end] = a.range ?? [0, Number.POSITIVE_INFINITY];
  const [otherStart, otherEnd] = b.range ?? [0, Number.POSITIVE_INFINITY];
  return start < otherEnd && otherStart < end;
}
