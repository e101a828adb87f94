import path from 'node:path';
import { readNpy } from '../data/npy.js';
import { readJson } from '../data/read-json.js';
import { CascadeError } from '../errors.js';
import { checkSchema } from './manifest.js';

/** Version of the records' layout that this program writes and reads. */
export const RECORDS_SCHEMA = 1;

/** Beside recorded logits: its presence says that they are whole. */
export const META_FILE = 'meta.json';

/** Outputs of all exits and of the full network for the inputs of a split, as they are on disk. */
export interface Records {
  readonly labels: Uint16Array;
  /** For each exit, `classes` logits an input. */
  readonly exitLogits: readonly Float32Array[];
  readonly fullLogits: Float32Array;
}

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

/**
 * Reads recorded outputs.
 *
 * @throws CascadeError naming the file that is missing, of another length than the others, or holds what cannot be.
 */
export async function loadRecords(folder: string): Promise<Records & { readonly meta: RecordsMeta }> {
  const metaFile = path.join(folder, META_FILE);
  const meta = (await readJson(metaFile, `${folder} holds no records; attach again`)) as RecordsMeta;
  if (!Array.isArray(meta.exits) || !(meta.images > 0) || !(meta.classes > 1)) {
    throw new CascadeError(`${metaFile} is damaged; attach again.`);
  }
  checkSchema(meta.schema, RECORDS_SCHEMA, metaFile);
  const exits = meta.exits.length;
  const logits = [];
  for (let exit = 0; exit <= exits; exit++) {
    logits.push(await loadLogits(logitsFile(folder, exit, exits), meta.images, meta.classes));
  }
  const labels = await loadLabels(path.join(folder, 'labels.npy'), meta.images, meta.classes);
  return { meta, labels, exitLogits: logits.slice(0, exits), fullLogits: logits[exits]! };
}

/**
 * Reads logits of some inputs.
 *
 * @throws CascadeError if the file has another shape or holds NaN or infinite values.
 */
export async function loadLogits(file: string, images?: number, classes?: number): Promise<Float32Array> {
  const { shape, data } = await readNpy(file);
  const wanted = [images ?? shape[0], classes ?? shape[1]];
  if (shape.length !== 2 || shape.join() !== wanted.join()) {
    throw new CascadeError(
      `${file} has the shape [${shape.join(', ')}] where the other files need [${wanted.join(', ')}] (images, classes); record them together.`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const image = Math.floor(bad / shape[1]!);
    throw new CascadeError(`${file} holds a NaN or infinite logit for image ${image}; record it again.`);
  }
  return data;
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
