import type { Network } from '../network/graph.js';
import { inferShapes } from '../network/shapes.js';
import { writeNode } from './model-nodes.js';
import { ModelParts } from './model-parts.js';
import { attribute, type ModelNode, type WeightEntry } from './tensorflow-graph.js';

/** A TensorFlow.js graph model: `model.json` and the numbers that it refers to. */
export interface GraphModel {
  readonly json: string;
  readonly weights: Uint8Array;
}

export const WEIGHTS_FILE = 'weights.bin';

/**
 * A network as a TensorFlow.js graph model (a TensorFlow GraphDef in JSON with weights beside it), batch, rows, columns, channels;
 * `tf.loadGraphModel` reads it. Values keep the names of the network.
 *
 * @param inputType `int32` for pixels, as `tf.browser.fromPixels` gives them.
 * @throws CascadeError if the network has a batch normalisation left (fold it first).
 */
export function graphModel(
  network: Network,
  outputs: readonly string[],
  inputType: 'int32' | 'float32',
): GraphModel {
  const { graph } = network;
  const parts = new ModelParts(network, new Set(outputs));
  parts.placeholder(graph.input, inputType);
  for (const node of graph.nodes) writeNode(parts, node);
  const shapes = inferShapes(graph);
  const described = (name: string, dtype: string) => ({
    name: `${name}:0`,
    dtype,
    tensorShape: attribute.shape([-1, ...channelsLast(shapes.get(name)!)]).shape,
  });
  const model = {
    format: 'graph-model',
    generatedBy: 'cascade',
    convertedBy: 'cascade',
    signature: {
      inputs: { [graph.input]: described(graph.input, inputType === 'int32' ? 'DT_INT32' : 'DT_FLOAT') },
      outputs: Object.fromEntries(outputs.map((name) => [name, described(name, 'DT_FLOAT')])),
    },
    modelTopology: { node: parts.nodes as readonly ModelNode[], library: {}, versions: { producer: 1087 } },
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: parts.weights as readonly WeightEntry[] }],
  };
  return { json: `${JSON.stringify(model)}\n`, weights: Buffer.concat(parts.bytes) };
}

/** `[channels, height, width]` → `[height, width, channels]`; vectors stay. */
function channelsLast(shape: readonly number[]): readonly number[] {
  const [channels, ...pixels] = shape;
  return pixels.length === 0 ? shape : [...pixels, channels!];
}
