import type { Convolution, Graph, GraphNode, Network, PadChannels, StridedSlice } from './graph.js';
import { consumersOf } from './graph.js';
import { inferShapes } from './shapes.js';
import type { Tensor } from './tensor.js';

const NO_PADDING = { top: 0, bottom: 0, left: 0, right: 0 };

/**
 * The same function with every option-A shortcut (each n-th pixel, channels padded with zeros; He et al. 2016, arXiv 1512.03385)
 * as a 1×1 convolution with a stride whose weights are 0 and 1: exact, since it only copies.
 *
 * For runtimes that keep feature maps in a layout of their own between convolutions: a slice or a pad would bring them back to
 * the common layout, and with them every later sum of the residual stream. What it is billed for stays with the original graph.
 */
export function withShortcutConvolutions(network: Network): Network {
  const { graph } = network;
  const shortcuts = optionAShortcuts(graph);
  if (shortcuts.size === 0) return network;
  const shapes = inferShapes(graph);
  const parameters = new Map(network.parameters);
  const absorbed = new Set<GraphNode>([...shortcuts.values()]);
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    if (absorbed.has(node)) return [];
    const slice = shortcuts.get(node as PadChannels);
    if (slice === undefined) return [node];
    const convolution = copying(node as PadChannels, slice, shapes.get(node.name)![0]!);
    parameters.set(convolution.weight, copyWeights(node as PadChannels, shapes.get(slice.input)![0]!));
    return [convolution];
  });
  return { graph: { ...graph, nodes }, parameters };
}

/** The padding of channels of each shortcut, with the slice in front of it, which nothing else reads. */
function optionAShortcuts(graph: Graph): ReadonlyMap<PadChannels, StridedSlice> {
  const consumers = consumersOf(graph);
  const slices = new Map(
    graph.nodes.flatMap((node) =>
      node.kind === 'strided-slice' && consumers.get(node.name)!.length === 1 && node.name !== graph.output
        ? [[node.name, node]]
        : [],
    ),
  );
  return new Map(
    graph.nodes.flatMap((node) => {
      const slice = node.kind === 'pad-channels' ? slices.get(node.input) : undefined;
      return slice === undefined ? [] : [[node as PadChannels, slice]];
    }),
  );
}

function copying(
  { name }: PadChannels,
  { input, stride }: StridedSlice,
  outputChannels: number,
): Convolution {
  return {
    kind: 'convolution',
    name,
    input,
    outputChannels,
    kernel: [1, 1],
    stride,
    padding: NO_PADDING,
    groups: 1,
    weight: `${name}.weight`,
  };
}

function copyWeights({ before, after }: PadChannels, channels: number): Tensor {
  const outputs = before + channels + after;
  const data = new Float32Array(outputs * channels);
  for (let channel = 0; channel < channels; channel++) data[(before + channel) * channels + channel] = 1;
  return { shape: [outputs, channels, 1, 1], data };
}
