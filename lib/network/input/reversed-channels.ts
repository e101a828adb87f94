import type { Convolution, Graph, GraphNode, Network } from '../graph.js';
import { inputsOf, reading } from '../graph.js';
import { parametersOf } from '../segments.js';
import type { Tensor } from '../tensor.js';

/**
 * The same function of an image whose channels come in the opposite order. The weights that read them are turned round, at no cost;
 * only where something else reads them, such as a convolution by groups, a 1×1 convolution in front turns the image itself.
 */
export function takingReversedChannels(network: Network): Network {
  return withTurnedWeights(network) ?? withTurnedInput(network);
}

/** What passes every channel by itself, so that reversed channels stay reversed. */
const CHANNELWISE: ReadonlySet<GraphNode['kind']> = new Set<GraphNode['kind']>([
  ...(['affine', 'batch-normalization', 'relu', 'relu6', 'average-pool', 'max-pool'] as const),
  ...(['global-average-pool', 'strided-slice', 'resize', 'pad'] as const),
]);

/** Undefined where a node reads reversed channels that no weights of its own can put right. */
function withTurnedWeights({ graph, parameters: given }: Network): Network | undefined {
  const parameters = new Map(given);
  const turn = (name: string, axis: number): string => {
    const turned = `${name}/reversed`;
    parameters.set(turned, reversedAlong(given.get(name)!, axis));
    return turned;
  };
  const reversed = new Set([graph.input]);
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes) {
    if (!inputsOf(node).some((input) => reversed.has(input))) nodes.push(node);
    else if (CHANNELWISE.has(node.kind)) {
      nodes.push(withTurnedChannels(node, turn));
      reversed.add(node.name);
    } else if (node.kind === 'linear' || (node.kind === 'convolution' && node.groups === 1)) {
      nodes.push({ ...node, weight: turn(node.weight, 1) });
    } else return undefined;
  }
  if (reversed.has(graph.output)) return undefined;
  const turned = { ...graph, nodes };
  return { graph: turned, parameters: parametersOf(turned, parameters) };
}

function withTurnedChannels(node: GraphNode, turn: (name: string, axis: number) => string): GraphNode {
  switch (node.kind) {
    case 'affine':
      return { ...node, scale: turn(node.scale, 0), shift: turn(node.shift, 0) };
    case 'batch-normalization':
      return {
        ...node,
        scale: turn(node.scale, 0),
        shift: turn(node.shift, 0),
        mean: turn(node.mean, 0),
        variance: turn(node.variance, 0),
      };
    default:
      return node;
  }
}

/** The tensor with the order along one axis turned round. */
function reversedAlong({ shape, data }: Tensor, axis: number): Tensor {
  const size = shape[axis]!;
  const inner = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  const turned = new Float32Array(data.length);
  for (let start = 0; start < data.length; start += size * inner) {
    for (let index = 0; index < size; index++) {
      const from = start + index * inner;
      turned.set(data.subarray(from, from + inner), start + (size - 1 - index) * inner);
    }
  }
  return { shape, data: turned };
}

function withTurnedInput({ graph, parameters }: Network): Network {
  const [channels] = graph.inputShape as readonly [number];
  const weight = `${graph.input}/reversing`;
  const turning: Convolution = {
    kind: 'convolution',
    name: `${graph.input}/reversed`,
    input: graph.input,
    outputChannels: channels,
    kernel: [1, 1],
    stride: [1, 1],
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
    groups: 1,
    weight,
  };
  const data = new Float32Array(channels * channels);
  for (let channel = 0; channel < channels; channel++) data[channel * channels + channels - 1 - channel] = 1;
  const turned: Graph = {
    ...graph,
    nodes: [turning, ...graph.nodes.map((node) => reading(node, graph.input, turning.name))],
  };
  return {
    graph: turned,
    parameters: new Map([...parameters, [weight, { shape: [channels, channels, 1, 1], data }]]),
  };
}
