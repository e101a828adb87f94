import { foldAffine } from '../../network/fold-affine.js';
import { foldPadding } from '../../network/fold-padding.js';
import { describeNetwork } from '../describe-network.js';
import type { RecognizedNetwork } from '../recognize.js';
import { readExternalData } from './external-data.js';
import { decodeModel, type ModelMessage } from './model-file.js';
import { translateModel } from './translate.js';

export interface OnnxNetwork extends RecognizedNetwork {
  /** SHA-256 of the file and all that it keeps in other files, hexadecimal. */
  readonly sha256: string;
  /** It takes pixels 0 … 255 as they are, and normalises them itself. */
  readonly takesPixels: boolean;
}

/**
 * Reads a classifier from an ONNX model (operator sets from 7 on): images in, channels first or last, logits out.
 *
 * @param imageSize `[height, width]` of an image where the model leaves them open.
 * @throws CascadeError if the file is damaged, its tensors are not all there, or a node is none that cascade runs.
 */
export async function readOnnx(
  bytes: Buffer,
  imageSize: readonly [number, number] | undefined,
  file: string,
): Promise<OnnxNetwork> {
  const model = decodeModel(bytes, file);
  const external = await readExternalData(model.graph.initializer, bytes, file);
  const fileBytes = bytes.length + external.size;
  const { network, takesPixels } = translateModel(model, external.bytes, fileBytes, imageSize, file);
  const folded = foldPadding(foldAffine(network));
  return {
    architecture: describeNetwork(folded.graph, originOf(model)),
    network: folded,
    sha256: external.sha256,
    takesPixels,
  };
}

/** The format, and the program that wrote the file where it tells. */
function originOf({ producerName, producerVersion }: ModelMessage): string {
  const producer = [producerName, producerVersion].filter((name) => /^[\w.+-]{1,40}$/.test(name)).join(' ');
  return producer === '' ? 'ONNX' : `ONNX, ${producer}`;
}
