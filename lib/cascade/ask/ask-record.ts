import path from 'node:path';
import { z } from 'zod';
import { scoringSchema } from '../../artifact/calibration-schema.js';
import type { FolderKind } from '../../artifact/check-out.js';
import { count, imageCount, percentage, seedSchema } from '../../artifact/counts.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { type JsonLayout, readLayout } from '../../files/json-layout.js';
import { plainName } from '../../files/plain-name.js';
import { sha256Schema } from '../../files/sha256.js';
import { percent } from '../../stats/percent.js';
import type { Question } from './question.js';

/** Version of the layout of `ask.json` that this program writes and reads. */
const SCHEMA = 1;

/** What a folder of images to label holds. */
export const ASK_FILES = {
  record: 'ask.json',
  answers: 'ask.csv',
  page: 'ask.html',
  /** The images to label. */
  pictures: 'images',
  /** The recorded outputs of all images. */
  outputs: 'outputs',
} as const;

export const ASK_FOLDER: FolderKind = {
  name: 'folder made by cascade ask',
  marker: ASK_FILES.record,
  holds: (name) => Object.values<string>(ASK_FILES).includes(name),
};

const recordSchema = z.strictObject({
  schema: z.int().min(1),
  cascade_version: z.string(),
  /** Name of the cascade. */
  cascade: z.string(),
  /** SHA-256 of its network. */
  cascade_sha256: sha256Schema,
  max_drop_points: percentage,
  confidence_percent: z.number().gt(0).lt(100),
  method: z.enum(['shared', 'paper-path', 'joint']),
  scoring: scoringSchema,
  /** Ways of scoring to choose from; `scoring` alone when left out. */
  scorings: z.array(scoringSchema).min(1).readonly().exactOptional(),
  seed: seedSchema,
  /** The path ends before it could need more; null for the whole path. */
  most_labels: count.nullable(),
  /** Where the images come from. */
  source: z.string(),
  images: imageCount,
  /** SHA-256 of the `meta.json` beside the outputs, which names theirs. */
  outputs_sha256: sha256Schema,
  /** Images whose labels are asked for, in the order in which they decide. */
  asked: z
    .array(
      z.strictObject({
        /** Its number among all images, from 0. */
        image: count,
        /** The name of the file to look at. */
        picture: plainName,
        /** Where it comes from. */
        file: z.string(),
      }),
    )
    .readonly(),
});

/** What was asked, as `ask.json` has it. */
export type AskRecord = Readonly<z.infer<typeof recordSchema>>;

const LAYOUT: JsonLayout<typeof recordSchema> = {
  schema: recordSchema,
  version: SCHEMA,
  remedy: 'ask again',
};

/** A question as `ask.json` has it. */
export function writtenQuestion({ search, maxDrop, confidence, seed, mostLabels }: Question) {
  const { method, scoring, scorings } = search;
  return {
    max_drop_points: percent(maxDrop),
    confidence_percent: percent(confidence),
    method,
    scoring,
    ...(scorings && { scorings }),
    seed,
    most_labels: mostLabels,
  };
}

export function readQuestion(record: AskRecord): Question {
  const { method, scoring, scorings, seed } = record;
  return {
    search: { method, scoring, ...(scorings && { scorings }), labelFree: false },
    maxDrop: record.max_drop_points / 100,
    confidence: record.confidence_percent / 100,
    seed,
    mostLabels: record.most_labels,
  };
}

export async function saveAskRecord(folder: string, record: Omit<AskRecord, 'schema'>): Promise<void> {
  const content = { schema: SCHEMA, ...record };
  await writeFileAtomically(path.join(folder, ASK_FILES.record), `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * Reads what was asked from the folder that a file of answers lies in.
 *
 * @throws CascadeError if it is not there or damaged.
 */
export function loadAskRecord(folder: string): Promise<AskRecord> {
  const file = path.join(folder, ASK_FILES.record);
  const absent = `${file} is not there; put the answers into the folder that cascade ask made`;
  return readLayout(file, LAYOUT, absent);
}
