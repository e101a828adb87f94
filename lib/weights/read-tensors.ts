import { CascadeError } from '../errors.js';
import { readWhole } from '../files/open-for-reading.js';
import { isLegacy, readLegacy } from './pytorch/pytorch-legacy.js';
import { readZip } from './pytorch/pytorch-zip.js';
import type { StateDict } from './pytorch/state-dict.js';
import { isSafetensors, readSafetensors } from './safetensors.js';
import { isZip } from './zip.js';

/** The content of a file of trained weights. */
export interface TensorFile {
  readonly format: 'pytorch' | 'pytorch-legacy' | 'safetensors';
  /** At least one. */
  readonly stateDicts: readonly StateDict[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads trained weights: PyTorch (zip and the older stream format) or safetensors, told apart by the bytes. All numbers become
 * float32.
 *
 * @throws CascadeError if the file cannot be read, is of another format, damaged, or holds no tensors.
 */
export async function readTensors(file: string): Promise<TensorFile> {
  return tensorFile(await readWhole(file), file);
}

/**
 * The same of a file's bytes.
 *
 * @throws CascadeError likewise.
 */
export async function tensorFile(bytes: Buffer, file: string): Promise<TensorFile> {
  if (bytes.length === 0) throw new CascadeError(`${file} is empty; get the file again.`);
  if (isZip(bytes)) return { format: 'pytorch', stateDicts: await readZip(bytes, file), metadata: {} };
  if (isLegacy(bytes)) return { format: 'pytorch-legacy', stateDicts: readLegacy(bytes, file), metadata: {} };
  if (isSafetensors(bytes)) {
    const { tensors, metadata } = readSafetensors(bytes, file);
    return { format: 'safetensors', stateDicts: [{ path: [], tensors, foreign: new Map() }], metadata };
  }
  throw new CascadeError(
    `${file} is not a file of weights that cascade reads; give PyTorch's .pt, .pth or .th, .safetensors, .onnx, Keras's .h5 or .keras, or a model.json of TensorFlow.js.`,
  );
}
