import { createHash } from 'node:crypto';
import type { Network } from '../network/graph.js';
import { isHdf5 } from './keras/hdf5.js';
import { isKerasArchive, readKerasArchive, readKerasHdf5 } from './keras/read-keras.js';
import { readTfjs } from './keras/read-tfjs.js';
import { findTfjsModel } from './keras/tfjs-source.js';
import { isOnnx } from './onnx/model-file.js';
import { readOnnx } from './onnx/read-onnx.js';
import { readBytes } from './read-bytes.js';
import { decodeTensors } from './read-tensors.js';
import { type RecognizedNetwork, recognizeNetwork } from './recognize.js';
import { isZip } from './zip.js';

/** A trained network as a file holds it, batch normalisations and all. */
export interface NetworkFile {
  /** E.g. `ResNet-56 (6n+2, option A)`. */
  readonly architecture: string;
  readonly network: Network;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
  /** The network takes pixels 0 … 255 as they are, and normalises them itself; not told by most formats. */
  readonly takesPixels?: boolean;
}

/**
 * Reads a trained network: its structure from the file where the format has it, otherwise recognised by the names and shapes of
 * its tensors.
 *
 * @param file or the folder or address of a TensorFlow.js model.
 * @param imageSize `[height, width]` that it will run on, for formats that do not tell; what is usual for the architecture by default.
 * @throws CascadeError if the file cannot be read, is damaged, or holds a network that cascade cannot run.
 */
export async function readNetwork(file: string, imageSize?: readonly [number, number]): Promise<NetworkFile> {
  const tfjs = await findTfjsModel(file);
  if (tfjs !== undefined) return readTfjs(tfjs, imageSize);
  const bytes = await readBytes(file);
  if (isOnnx(bytes, file)) return readOnnx(bytes, imageSize, file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...(await decodedNetwork(bytes, imageSize, file)), sha256 };
}

async function decodedNetwork(
  bytes: Buffer,
  imageSize: readonly [number, number] | undefined,
  file: string,
): Promise<RecognizedNetwork> {
  if (isHdf5(bytes)) return readKerasHdf5(bytes, imageSize, file);
  if (isZip(bytes) && isKerasArchive(bytes)) return readKerasArchive(bytes, imageSize, file);
  return recognizeNetwork((await decodeTensors(bytes, file)).tensors, imageSize, file);
}
