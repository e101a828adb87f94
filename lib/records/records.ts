import path from 'node:path';
import { checkSchema } from '../artifact/manifest.js';
import { CascadeError } from '../errors.js';
import { openNpy, readNpy } from '../files/npy.js';
import { readJson } from '../files/read-json.js';

/** Version of the records' layout that this program writes and reads. */
export const RECORDS_SCHEMA = 1;

/** Beside recorded logits: its presence says that they are whole. */
export const META_FILE = 'meta.json';

/** `meta.json` beside recorded logits. */
export interface RecordsMeta {
  readonly schema: number;
  /** Where the inputs come from, e.g. `cifar10/test`, in that file's order from its first on. */
  readonly source: string;
  readonly images: number;
  readonly classes: number;
  readonly exits: readonly {
    readonly block: number;
    readonly backbone_macs: number;
    readonly head_macs: number;
  }[];
  readonly full_macs: number;
}

export function recordsFolder(cascade: string, name: string): string {
  return path.join(cascade, 'records', name);
}

/** The file of an exit's logits; the last one is the full network's. */
export function logitsFile(folder: string, exit: number, exits: number): string {
  return path.join(folder, exit === exits ? 'logits-full.npy' : `logits-${exit}.npy`);
}

/** Recorded outputs whose logits are read on demand: they may be larger than memory. */
export interface RecordsReader {
  readonly meta: RecordsMeta;
  readonly labels: Uint16Array;
  /** Logits of some inputs: for each exit, the full network last, `classes` values an input. */
  read(first: number, count: number): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/**
 * Opens recorded outputs.
 *
 * @throws CascadeError naming the file that is missing, of another length than the others, or holds what cannot be; logits are
 * looked at as they are read.
 */
export async function openRecords(folder: string): Promise<RecordsReader> {
  const metaFile = path.join(folder, META_FILE);
  const meta = (await readJson(metaFile, `${folder} holds no records; attach again`)) as RecordsMeta;
  if (!Array.isArray(meta.exits) || !(meta.images > 0) || !(meta.classes > 1)) {
    throw new CascadeError(`${metaFile} is damaged; attach again.`);
  }
  checkSchema(meta.schema, RECORDS_SCHEMA, metaFile);
  const labels = await loadLabels(path.join(folder, 'labels.npy'), meta.images, meta.classes);
  const readers: LogitsReader[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(readers.map((reader) => reader.close()));
  };
  try {
    const exits = meta.exits.length;
    for (let exit = 0; exit <= exits; exit++)
      readers.push(await openLogits(logitsFile(folder, exit, exits), meta.images, meta.classes));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    meta,
    labels,
    read: (first, count) => Promise.all(readers.map((reader) => reader.read(first, count))),
    close,
  };
}

interface LogitsReader {
  readonly images: number;
  /** Logits of some inputs, one after another. */
  read(first: number, count: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/** @throws CascadeError if the file has another shape, when read also if it holds NaN or infinite values. */
async function openLogits(file: string, images?: number, classes?: number): Promise<LogitsReader> {
  const { shape, readRows, close } = await openNpy(file);
  const wanted = [images ?? shape[0], classes ?? shape[1]];
  if (shape.length !== 2 || shape.join() !== wanted.join()) {
    await close();
    throw new CascadeError(
      `${file} has the shape [${shape.join(', ')}] where the other files need [${wanted.join(', ')}] (images, classes); record them together.`,
    );
  }
  return {
    images: shape[0]!,
    async read(first, count) {
      const logits = await readRows(first, count);
      const bad = logits.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) {
        const image = first + Math.floor(bad / shape[1]!);
        throw new CascadeError(`${file} holds a NaN or infinite logit for image ${image}; record it again.`);
      }
      return logits;
    },
    close,
  };
}

/**
 * Reads logits of all inputs.
 *
 * @throws CascadeError if the file has another shape or holds NaN or infinite values.
 */
export async function loadLogits(file: string, images?: number, classes?: number): Promise<Float32Array> {
  const reader = await openLogits(file, images, classes);
  try {
    return await reader.read(0, reader.images);
  } finally {
    await reader.close();
  }
}

/**
 * Reads class labels.
 *
 * @throws CascadeError if there are not as many as images, or one is no class.
 */
export async function loadLabels(file: string, images: number, classes: number): Promise<Uint16Array> {
  const { shape, data } = await readNpy(file);
  if (data.length !== images) {
    throw new CascadeError(
      `${file} has the shape [${shape.join(', ')}] where there are ${images} images; record them together.`,
    );
  }
  const bad = data.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (bad >= 0) {
    throw new CascadeError(
      `${file} gives image ${bad} the label ${data[bad]}, but the classes are 0 to ${classes - 1}.`,
    );
  }
  return Uint16Array.from(data);
}
