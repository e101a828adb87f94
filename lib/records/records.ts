import path from 'node:path';
import { counted } from '../counted.js';
import { CascadeError } from '../errors.js';
import { readLayout } from '../files/json-layout.js';
import { openNpy, readNpy } from '../files/npy/npy.js';
import { isPlainName } from '../files/plain-name.js';
import type { Seal } from '../files/sha256.js';
import { LABELS_FILE, logitsName, META_FILE, RECORDS_LAYOUT, type RecordsMeta } from './records-meta.js';

/** In a cascade: the folder of all records. */
export const RECORDS_FOLDER = 'records';

/** @throws CascadeError if the name would lead elsewhere. */
export function recordsFolder(cascade: string, name: string): string {
  if (!isPlainName(name)) {
    throw new CascadeError(
      `Records cannot be kept under the name ${JSON.stringify(name)}; name the split's files by one plain word.`,
    );
  }
  return path.join(cascade, RECORDS_FOLDER, name);
}

/** The file of an exit's logits; the last one is the full network's. */
export function logitsFile(folder: string, exit: number, exits: number): string {
  return path.join(folder, logitsName(exit, exits));
}

/** Recorded outputs whose logits are read on demand: they may be larger than memory. */
export interface RecordsReader<Meta extends RecordsMeta = RecordsMeta> {
  readonly meta: Meta;
  readonly labels: Uint16Array;
  /** Logits of some images: for each exit, the full network last, `classes` values an image. */
  read(first: number, count: number): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/**
 * Opens recorded outputs. Each file is held against its SHA-256 while it is read: whoever reads all images once, in order, has
 * read no byte that was not recorded.
 *
 * @throws CascadeError naming the file that is missing, damaged, of another length than the others, or holds what cannot be; logits are
 * looked at as they are read.
 */
export async function openRecords(folder: string): Promise<RecordsReader> {
  const absent = `${folder} holds no records; attach again`;
  return openRecordsOf(folder, await readLayout(path.join(folder, META_FILE), RECORDS_LAYOUT, absent));
}

/** The same of records whose `meta.json` was read already. @param meta of the folder. */
export async function openRecordsOf<Meta extends RecordsMeta>(
  folder: string,
  meta: Meta,
): Promise<RecordsReader<Meta>> {
  const { images, classes } = meta;
  const labels = await loadSealedLabels(folder, meta);
  const readers: LogitsReader[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(readers.map((reader) => reader.close()));
  };
  try {
    const exits = meta.exits.length;
    for (let exit = 0; exit <= exits; exit++) {
      const name = logitsName(exit, exits);
      readers.push(await openLogits(path.join(folder, name), { images, classes, seal: sealOf(meta, name) }));
    }
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

/** The labels of records. @throws CascadeError as `openRecords` does. */
export function loadSealedLabels(folder: string, meta: RecordsMeta): Promise<Uint16Array> {
  const { images, classes } = meta;
  return loadLabels(path.join(folder, LABELS_FILE), images, classes, sealOf(meta, LABELS_FILE));
}

function sealOf({ sha256 }: RecordsMeta, name: string): Seal {
  return { sha256: sha256?.[name], namedBy: META_FILE, remedy: 'record it again' };
}

interface LogitsReader {
  readonly images: number;
  /** Logits of some images, one after another. */
  read(first: number, count: number): Promise<Float32Array>;
  close(): Promise<void>;
}

interface WantedLogits {
  readonly images?: number | undefined;
  readonly classes?: number | undefined;
  readonly seal?: Seal;
}

/** @throws CascadeError if the file has another shape, when read also if it holds NaN or infinite values or is damaged. */
async function openLogits(file: string, { images, classes, seal }: WantedLogits): Promise<LogitsReader> {
  const { shape, readRows, close } = await openNpy(file, seal);
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
 * Reads logits of all images.
 *
 * @throws CascadeError if the file has another shape or holds NaN or infinite values.
 */
export async function loadLogits(file: string, images?: number, classes?: number): Promise<Float32Array> {
  const reader = await openLogits(file, { images, classes });
  try {
    return await reader.read(0, reader.images);
  } finally {
    await reader.close();
  }
}

/**
 * Reads class labels.
 *
 * @throws CascadeError if there are not as many as images, one is no class, or the file is damaged.
 */
export async function loadLabels(
  file: string,
  images: number,
  classes: number,
  seal?: Seal,
): Promise<Uint16Array> {
  const { shape, data } = await readNpy(file, seal);
  if (data.length !== images) {
    throw new CascadeError(
      `${file} has the shape [${shape.join(', ')}] where there are ${counted(images, 'image')}; record them together.`,
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
