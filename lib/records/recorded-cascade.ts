import { chosenClassesWords } from '../artifact/chosen-classes.js';
import { exitCosts, onlyCosts } from '../artifact/exit-costs.js';
import type { Manifest } from '../artifact/manifest.js';
import { stratifiedHalves } from '../data/split.js';
import { CascadeError } from '../errors.js';
import { joinedOutputs, outputRows, type RecordedOutputs } from '../exits/recorded-outputs.js';
import { openRecords, type RecordsReader, recordsFolder } from './records.js';
import type { RecordsMeta } from './records-meta.js';

/** Some of a cascade's recorded images, ready for choosing thresholds. */
export interface RecordedSplit {
  /** E.g. `first half of cifar10/test`; says too where a network has only some of its classes. */
  readonly description: string;
  readonly outputs: RecordedOutputs;
}

/** Some of a cascade's recorded images that are read part by part, so that memory does not grow with their number. */
export interface SplitReader {
  readonly description: string;
  /**
   * All of them once, in the records' order.
   *
   * @param valuesAtOnce of one exit's logits.
   * @throws CascadeError if the records are damaged.
   */
  parts(valuesAtOnce?: number): AsyncGenerator<RecordedOutputs>;
  close(): Promise<void>;
}

/** 4 MiB of float32. */
const VALUES_AT_ONCE = 2 ** 20;

/**
 * Opens one split of a cascade's records.
 *
 * @param splitSeed of the halves where calibration and test are halves of one set.
 * @throws CascadeError if the records are missing or damaged.
 */
export async function openRecordedSplit(
  folder: string,
  manifest: Manifest,
  role: 'calibration' | 'test',
  splitSeed: number,
): Promise<SplitReader> {
  const { records, half } = manifest.splits[role];
  const { description, labels, read, close } = await openWhole(folder, records, manifest);
  const rows = half === undefined ? undefined : stratifiedHalves(labels, splitSeed)[half];
  const part =
    half === undefined
      ? `whole of ${description}`
      : `${half === 0 ? 'first' : 'second'} half of ${description}`;
  return {
    description: [part, chosenClassesWords(manifest)].filter(Boolean).join(', '),
    async *parts(valuesAtOnce = VALUES_AT_ONCE) {
      const size = Math.max(1, Math.floor(valuesAtOnce / manifest.classes));
      for (let first = 0; first < labels.length; first += size) {
        const end = Math.min(first + size, labels.length);
        const part = await read(first, end - first);
        if (rows === undefined) yield part;
        else yield outputRows(part, within(rows, first, end));
      }
    },
    close,
  };
}

/** The rows from one number to before another, counted from the first. */
function within(rows: Uint32Array, first: number, end: number): Uint32Array {
  return rows.filter((row) => row >= first && row < end).map((row) => row - first);
}

/** Reads one split of a cascade's records as a whole. */
export async function loadSplit(
  ...[folder, manifest, role, splitSeed]: Parameters<typeof openRecordedSplit>
): Promise<RecordedSplit> {
  const split = await openRecordedSplit(folder, manifest, role, splitSeed);
  try {
    const parts: RecordedOutputs[] = [];
    for await (const part of split.parts()) parts.push(part);
    return { description: split.description, outputs: joinedOutputs(parts) };
  } finally {
    await split.close();
  }
}

/**
 * All recorded images that the fitting has not seen, calibration and test together, for halvings of one's own.
 *
 * @throws CascadeError if the records are missing or damaged.
 */
export async function loadPool(folder: string, manifest: Manifest): Promise<RecordedSplit> {
  const { splits } = manifest;
  const names = new Set([splits.calibration.records, splits.test.records]);
  const wholes = await Promise.all(
    [...names].map(async (name) => {
      const { description, labels, read, close } = await openWhole(folder, name, manifest);
      try {
        return { description, outputs: await read(0, labels.length) };
      } finally {
        await close();
      }
    }),
  );
  return {
    description: wholes.map(({ description }) => description).join(' and '),
    outputs: joinedOutputs(wholes.map(({ outputs }) => outputs)),
  };
}

interface WholeReader {
  readonly description: string;
  readonly labels: Uint16Array;
  read(first: number, count: number): Promise<RecordedOutputs>;
  close(): Promise<void>;
}

async function openWhole(folder: string, name: string, manifest: Manifest): Promise<WholeReader> {
  const records = recordsFolder(folder, name);
  const reader = await openRecords(records);
  const { meta, labels, close } = reader;
  const networkOf = (about: RecordsMeta | Manifest): string =>
    JSON.stringify([about.classes, onlyCosts(about)]);
  if (networkOf(meta) !== networkOf(manifest)) {
    await close();
    throw new CascadeError(
      `${records} was recorded with other exits than ${folder} has; attach again, or record with \`cascade record ${folder}\`.`,
    );
  }
  return {
    description: meta.source,
    labels,
    read: (first, count) => readOutputs(reader, first, count),
    close,
  };
}

/** Some of the images of opened records, with what their exits cost. */
export async function readOutputs(
  { meta, labels, read }: RecordsReader,
  first: number,
  count: number,
): Promise<RecordedOutputs> {
  const logits = await read(first, count);
  return {
    classes: meta.classes,
    labels: labels.subarray(first, first + count),
    exitLogits: logits.slice(0, -1),
    fullLogits: logits.at(-1)!,
    costs: exitCosts(meta),
  };
}
