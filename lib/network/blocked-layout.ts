import type { Convolution, Graph, GraphNode, Network, PadChannels, StridedSlice } from './graph.js';
import { consumersOf, reading } from './graph.js';
import { inferShapes } from './shapes.js';
import type { Tensor } from './tensor.js';

const NO_PADDING = { top: 0, bottom: 0, left: 0, right: 0 };

/**
 * The same function in operators that a runtime computes in a blocked layout of its own (ONNX Runtime's NCHWc: channels in groups of
 * 8 or 16): once a value of the residual stream is in the common layout, every later sum of the stage is computed there, unfused,
 * with a reordering before and after each block. Exact, since what is put in only copies. What it is billed for stays with the
 * original graph.
 */
export function forBlockedLayout(network: Network): Network {
  return withCopiedInput(withShortcutConvolutions(network));
}

/**
 * Every option-A shortcut (each n-th pixel, channels padded with zeros; He et al. 2016, arXiv 1512.03385) as a 1×1 convolution with a
 * stride whose weights are 0 and 1.
 */
function withShortcutConvolutions(network: Network): Network {
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

/** A segment whose input goes straight into a sum copies it first by a pool of one pixel, which brings it into the layout. */
function withCopiedInput({ graph, parameters }: Network): Network {
  const { input, inputShape, nodes } = graph;
  const isSummed = nodes.some((node) => node.kind === 'add' && node.inputs.includes(input));
  if (!isSummed || inputShape.length !== 3) return { graph, parameters };
  const name = `${input}/copied`;
  const copy: GraphNode = {
    kind: 'max-pool',
    name,
    input,
    kernel: [1, 1],
    stride: [1, 1],
    padding: NO_PADDING,
  };
  return {
    graph: { ...graph, nodes: [copy, ...nodes.map((node) => reading(node, input, name))] },
    parameters,
  };
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
