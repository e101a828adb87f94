import { foldAffine } from './fold-affine.js';
import type { BatchNormalization, Graph, GraphNode, Network } from './graph.js';
import { parameterShapes } from './parameter-shapes.js';
import { elementCount, type Tensor } from './tensor.js';

/**
 * The same function with every batch normalisation gone: multiplied into the convolution (or fully connected layer) before it where
 * that has no other reader, else turned into one scale and shift a channel. Exact up to rounding, since at inference it is an
 * affine map.
 */
export function foldBatchNormalization({ graph, parameters: given }: Network): Network {
  const parameters = new Map(given);
  const nodes = graph.nodes.map((node): GraphNode => {
    if (node.kind !== 'batch-normalization') return node;
    const { scale, shift } = affineOf(node, parameters);
    for (const name of [node.mean, node.variance]) parameters.delete(name);
    parameters.set(node.scale, scale).set(node.shift, shift);
    const { name, input } = node;
    return { kind: 'affine', name, input, scale: node.scale, shift: node.shift };
  });
  return foldAffine({ graph: { ...graph, nodes }, parameters });
}

/** The graph that folding makes of one, whatever its parameters are. */
export function foldedGraph(graph: Graph): Graph {
  const parameters = new Map(
    [...parameterShapes(graph)].map(([name, shape]): [string, Tensor] => [
      name,
      { shape, data: new Float32Array(elementCount(shape)) },
    ]),
  );
  return foldBatchNormalization({ graph, parameters }).graph;
}

function affineOf(
  node: BatchNormalization,
  parameters: ReadonlyMap<string, Tensor>,
): { readonly scale: Tensor; readonly shift: Tensor } {
  const [gain, offset, mean, variance] = [node.scale, node.shift, node.mean, node.variance].map(
    (name) => parameters.get(name)!,
  ) as [Tensor, Tensor, Tensor, Tensor];
  const scale = gain.data.map((value, channel) => value / Math.sqrt(variance.data[channel]! + node.epsilon));
  const shift = offset.data.map((value, channel) => value - mean.data[channel]! * scale[channel]!);
  return { scale: { shape: gain.shape, data: scale }, shift: { shape: gain.shape, data: shift } };
}
