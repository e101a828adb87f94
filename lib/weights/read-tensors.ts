import { createHash } from 'node:crypto';
import { CascadeError } from '../errors.js';
import type { Tensor } from '../network/tensor.js';
import { checkFinite } from './check-finite.js';
import { isLegacy, readLegacy } from './pytorch-legacy.js';
import { readZip } from './pytorch-zip.js';
import { readBytes } from './read-bytes.js';
import { isSafetensors, readSafetensors } from './safetensors.js';
import { isZip } from './zip.js';

/** The content of a file of trained weights. */
export interface TensorFile {
  readonly format: 'pytorch' | 'pytorch-legacy' | 'safetensors';
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
}

/** What DataParallel and torch.compile put before every name. */
const PREFIXES = ['module.', '_orig_mod.'];

/** How many batches a normalisation has seen in training; no part of what the network computes. */
const STEP_COUNTER = /(^|\.)num_batches_tracked$/;

/**
 * Reads trained weights: PyTorch (zip and the older stream format) or safetensors, told apart by the bytes. All numbers become
 * float32; prefixes of DataParallel and torch.compile are taken off; the step counters of batch normalisation are left out.
 *
 * @throws CascadeError if the file cannot be read, is of another format, damaged, or holds NaN or infinite weights.
 */
export async function readTensors(file: string): Promise<TensorFile> {
  return decodeTensors(await readBytes(file), file);
}

/**
 * The same of a file's bytes.
 *
 * @throws CascadeError likewise.
 */
export async function decodeTensors(bytes: Buffer, file: string): Promise<TensorFile> {
  const { format, tensors, metadata } = await decoded(bytes, file);
  const named = new Map(withoutPrefixes([...tensors]).filter(([name]) => !STEP_COUNTER.test(name)));
  for (const [name, tensor] of named) checkFinite(name, tensor, file);
  return { format, tensors: named, metadata, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function decoded(bytes: Buffer, file: string): Promise<Omit<TensorFile, 'sha256'>> {
  if (bytes.length === 0) throw new CascadeError(`${file} is empty; get the file again.`);
  if (isZip(bytes)) return { format: 'pytorch', tensors: await readZip(bytes, file), metadata: {} };
  if (isLegacy(bytes)) return { format: 'pytorch-legacy', tensors: readLegacy(bytes, file), metadata: {} };
  if (isSafetensors(bytes)) return { format: 'safetensors', ...readSafetensors(bytes, file) };
  throw new CascadeError(
    `${file} is not a file of weights that cascade reads; give PyTorch's .pt, .pth or .th, .safetensors, .onnx, Keras's .h5 or .keras, or a model.json of TensorFlow.js.`,
  );
}

function withoutPrefixes(
  tensors: readonly (readonly [string, Tensor])[],
): readonly (readonly [string, Tensor])[] {
  const prefix = PREFIXES.find((candidate) => tensors.every(([name]) => name.startsWith(candidate)));
  if (prefix === undefined || tensors.length === 0) return tensors;
  return withoutPrefixes(tensors.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}
