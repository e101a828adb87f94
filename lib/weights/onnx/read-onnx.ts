import { cutPoints } from '../../network/cut-points.js';
import { foldAffine } from '../../network/fold-affine.js';
import { foldPadding } from '../../network/fold-padding.js';
import type { Graph } from '../../network/graph.js';
import type { RecognizedNetwork } from '../recognize.js';
import { readExternalData } from './external-data.js';
import { decodeModel, type ModelMessage } from './model-file.js';
import { translateModel } from './translate.js';

/**
 * Reads a classifier from an ONNX model (operator sets from 7 on): images in, channels first or last, logits out.
 *
 * @param imageSize `[height, width]` of an image where the model leaves them open.
 * @returns besides, the hexadecimal SHA-256 of the file and all that it keeps in other files.
 * @throws CascadeError if the file is damaged, its tensors are not all there, or a node is none that cascade runs.
 */
export async function readOnnx(
  bytes: Buffer,
  imageSize: readonly [number, number] | undefined,
  file: string,
): Promise<RecognizedNetwork & { readonly sha256: string }> {
  const model = decodeModel(bytes, file);
  const external = await readExternalData(model.graph.initializer, bytes, file);
  const network = foldPadding(foldAffine(translateModel(model, external.bytes, imageSize, file)));
  return { architecture: architectureOf(model, network.graph), network, sha256: external.sha256 };
}

/** E.g. `residual network of 15 blocks (ONNX, pytorch 1.13.0)`. */
function architectureOf({ producerName, producerVersion }: ModelMessage, graph: Graph): string {
  const blocks = cutPoints(graph).length;
  const producer = [producerName, producerVersion].filter((name) => /^[\w.+-]{1,40}$/.test(name)).join(' ');
  const origin = producer === '' ? 'ONNX' : `ONNX, ${producer}`;
  return `${blocks === 0 ? 'Network' : `Residual network of ${blocks} blocks`} (${origin})`;
}
