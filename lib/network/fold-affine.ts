import type { Affine, Convolution, Graph, GraphNode, Linear, Network } from './graph.js';
import { consumersOf } from './graph.js';
import type { Tensor } from './tensor.js';

type Absorber = Convolution | Linear | Affine;

/**
 * The same function with every scale and shift a channel multiplied into the convolution, fully connected layer or other such scale
 * before it, where that has no other reader. Exact up to rounding.
 */
export function foldAffine(network: Network): Network {
  // Scales first with one another, so that a layer's many weights are multiplied once however many scales follow.
  return absorbed(absorbed(network, isAffine), isLayer);
}

/** The same function with scales multiplied into some of the nodes before them. */
function absorbed(
  { graph, parameters: given }: Network,
  isAbsorber: (node: GraphNode) => node is Absorber,
): Network {
  const consumers = consumersOf(graph);
  const parameters = new Map(given);
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  for (const node of graph.nodes) {
    if (node.kind !== 'affine') continue;
    const before = nodes.get(node.input);
    if (before === undefined || !isAbsorber(before)) continue;
    if (consumers.get(node.input)!.length > 1 || graph.output === node.input) continue;
    nodes.delete(before.name);
    // It takes the name of what it absorbs, so that the readers of that value need no change.
    nodes.set(node.name, absorb(before, node, parameters));
  }
  const folded: Graph = { ...graph, nodes: [...nodes.values()] };
  return { graph: folded, parameters };
}

function isAffine(node: GraphNode): node is Affine {
  return node.kind === 'affine';
}

function isLayer(node: GraphNode): node is Convolution | Linear {
  return node.kind === 'convolution' || node.kind === 'linear';
}

/** The first node followed by the second, as one. */
function absorb(before: Absorber, { name, scale, shift }: Affine, parameters: Map<string, Tensor>): Absorber {
  const [scales, shifts] = [parameters.get(scale)!, parameters.get(shift)!];
  const factors = before.kind === 'affine' ? before.scale : before.weight;
  const terms = before.kind === 'affine' ? before.shift : before.bias;
  const weight = parameters.get(factors)!;
  const bias = terms === undefined ? undefined : parameters.get(terms)!.data;
  parameters.set(factors, scaled(weight, scales.data));
  parameters.set(shift, {
    shape: shifts.shape,
    data: shifts.data.map((value, channel) => value + (bias?.[channel] ?? 0) * scales.data[channel]!),
  });
  parameters.delete(scale);
  if (terms !== undefined) parameters.delete(terms);
  return before.kind === 'affine' ? { ...before, name, shift } : { ...before, name, bias: shift };
}

/** Every number of a channel, such as a filter's weights, times the channel's scale. */
function scaled({ shape, data }: Tensor, scales: Float32Array): Tensor {
  const product = new Float32Array(data.length);
  const perChannel = data.length / scales.length;
  // Networks have tens of millions of weights: a division for each to find its channel costs more than the product.
  for (const [channel, scale] of scales.entries()) {
    const end = (channel + 1) * perChannel;
    for (let index = channel * perChannel; index < end; index++) product[index] = data[index]! * scale;
  }
  return { shape, data: product };
}
