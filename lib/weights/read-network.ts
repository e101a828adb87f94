import type { Network } from '../network/graph.js';
import { isOnnx } from './onnx/model-file.js';
import { readOnnx } from './onnx/read-onnx.js';
import { readBytes } from './read-bytes.js';
import { decodeTensors } from './read-tensors.js';
import { recognizeNetwork } from './recognize.js';

/** A trained network as a file holds it, batch normalisations and all. */
export interface NetworkFile {
  /** E.g. `ResNet-56 (6n+2, option A)`. */
  readonly architecture: string;
  readonly network: Network;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads a trained network: its structure from the file where the format has it, otherwise recognised by the names and shapes of
 * its tensors.
 *
 * @param imageSize `[height, width]` that it will run on, for formats that do not tell; what is usual for the architecture by default.
 * @throws CascadeError if the file cannot be read, is damaged, or holds a network that cascade cannot run.
 */
export async function readNetwork(file: string, imageSize?: readonly [number, number]): Promise<NetworkFile> {
  const bytes = await readBytes(file);
  if (isOnnx(bytes, file)) return readOnnx(bytes, imageSize, file);
  const { tensors, sha256 } = await decodeTensors(bytes, file);
  return { ...recognizeNetwork(tensors, imageSize, file), sha256 };
}
