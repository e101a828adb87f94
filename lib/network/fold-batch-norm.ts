import type { BatchNormalization, Convolution, GraphNode, Network } from './graph.js';
import { consumersOf } from './graph.js';
import type { Tensor } from './tensor.js';

/**
 * The same function with every batch normalisation gone: multiplied into the convolution before it where that has no other
 * reader, else turned into one scale and shift a channel. Exact up to rounding, since at inference it is an affine map.
 */
export function foldBatchNormalization(network: Network): Network {
  const { graph } = network;
  const consumers = consumersOf(graph);
  const producers = new Map(graph.nodes.map((node) => [node.name, node]));
  const parameters = new Map(network.parameters);
  const replacements = new Map<GraphNode, GraphNode | undefined>();
  for (const node of graph.nodes) {
    if (node.kind !== 'batch-normalization') continue;
    const { scale, shift } = affineOf(node, parameters);
    for (const name of [node.scale, node.shift, node.mean, node.variance]) parameters.delete(name);
    const convolution = producers.get(node.input);
    if (
      convolution?.kind === 'convolution' &&
      consumers.get(node.input)!.length === 1 &&
      graph.output !== node.input
    ) {
      // It takes the normalisation's name, so that the readers of that value need no change.
      replacements.set(convolution, absorb(convolution, node, scale, shift, parameters));
      replacements.set(node, undefined);
    } else {
      parameters.set(node.scale, scale).set(node.shift, shift);
      const { name, input } = node;
      replacements.set(node, { kind: 'affine', name, input, scale: node.scale, shift: node.shift });
    }
  }
  const nodes = graph.nodes.flatMap((node) =>
    replacements.has(node) ? (replacements.get(node) ?? []) : node,
  );
  return { graph: { ...graph, nodes }, parameters };
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

function absorb(
  convolution: Convolution,
  node: BatchNormalization,
  scale: Tensor,
  shift: Tensor,
  parameters: Map<string, Tensor>,
): Convolution {
  const weight = parameters.get(convolution.weight)!;
  const perFilter = weight.data.length / convolution.outputChannels;
  const data = weight.data.map((value, index) => value * scale.data[Math.floor(index / perFilter)]!);
  const bias = convolution.bias === undefined ? undefined : parameters.get(convolution.bias)!.data;
  parameters.set(convolution.weight, { shape: weight.shape, data });
  parameters.set(node.shift, {
    shape: shift.shape,
    data: shift.data.map((value, channel) => value + (bias?.[channel] ?? 0) * scale.data[channel]!),
  });
  if (convolution.bias !== undefined) parameters.delete(convolution.bias);
  return { ...convolution, name: node.name, bias: node.shift };
}
