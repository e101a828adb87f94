import type { OperatorName } from './operator/operator-names.js';
import type { Tensor } from './tensor.js';

/** More nodes than any classifier has: an engine's time to prepare a network grows with their square. */
export const MOST_NODES = 10_000;

/** `[channels, height, width]` of an image or feature map, `[features]` of a vector; the batch is never part of it. */
export type Shape = readonly number[];

/** Rows first, then columns. */
export type Pair = readonly [vertical: number, horizontal: number];

/** Pixels added on each side before a window slides. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

interface NodeBase {
  /** Unique in its graph; also the name of the value that the node produces. */
  readonly name: string;
}

interface WindowedNode extends NodeBase {
  readonly input: string;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
}

export interface Convolution extends WindowedNode {
  readonly kind: 'convolution';
  readonly outputChannels: number;
  readonly groups: number;
  /** Parameter of shape `[outputChannels, inputChannels / groups, kernel rows, kernel columns]`. */
  readonly weight: string;
  /** Parameter of shape `[outputChannels]`. */
  readonly bias?: string;
}

export interface Linear extends NodeBase {
  readonly kind: 'linear';
  readonly input: string;
  readonly outputFeatures: number;
  /** Parameter of shape `[outputFeatures, inputFeatures]`. */
  readonly weight: string;
  /** Parameter of shape `[outputFeatures]`. */
  readonly bias?: string;
}

/** Inference-time batch normalisation: `(x − mean) / √(variance + epsilon) · scale + shift`, a channel at a time. */
export interface BatchNormalization extends NodeBase {
  readonly kind: 'batch-normalization';
  readonly input: string;
  readonly epsilon: number;
  readonly scale: string;
  readonly shift: string;
  readonly mean: string;
  readonly variance: string;
}

/** `x · scale + shift`, a channel (or feature) at a time: input normalisation, and batch normalisation that no convolution can absorb. */
export interface Affine extends NodeBase {
  readonly kind: 'affine';
  readonly input: string;
  readonly scale: string;
  readonly shift: string;
}

export interface Relu extends NodeBase {
  readonly kind: 'relu';
  readonly input: string;
}

/** Cut off below 0 and above 6. */
export interface Relu6 extends NodeBase {
  readonly kind: 'relu6';
  readonly input: string;
}

export interface Add extends NodeBase {
  readonly kind: 'add';
  readonly inputs: readonly [string, string];
}

/** Padded elements are left out of the mean. */
export interface AveragePool extends WindowedNode {
  readonly kind: 'average-pool';
}

/** Padded elements never are the maximum. */
export interface MaxPool extends WindowedNode {
  readonly kind: 'max-pool';
}

/** The mean over height and width: `[channels, height, width]` → `[channels]`. */
export interface GlobalAveragePool extends NodeBase {
  readonly kind: 'global-average-pool';
  readonly input: string;
}

/** `[channels, height, width]` → `[channels · height · width]`. */
export interface Flatten extends NodeBase {
  readonly kind: 'flatten';
  readonly input: string;
}

/** Every `stride`-th row and column, from the first. */
export interface StridedSlice extends NodeBase {
  readonly kind: 'strided-slice';
  readonly input: string;
  readonly stride: Pair;
}

/**
 * A map of another size, between neighbouring pixels in proportion to their distance (bilinear, pixels being squares with their values in
 * the middle: `half_pixel` of ONNX, `align_corners=False` of PyTorch); every pixel of the input counts only where it is a neighbour.
 */
export interface Resize extends NodeBase {
  readonly kind: 'resize';
  readonly input: string;
  readonly size: Pair;
}

/** Rows and columns of zeros put around an image, for windows that count them (a convolution and a pool have padding of their own). */
export interface Pad extends NodeBase {
  readonly kind: 'pad';
  readonly input: string;
  readonly padding: Padding;
}

/** Zero channels put before and after those that are there. */
export interface PadChannels extends NodeBase {
  readonly kind: 'pad-channels';
  readonly input: string;
  readonly before: number;
  readonly after: number;
}

/** A constant that an operator reads by its place among the inputs: numbers of the network, or whole numbers such as axes and sizes. */
export type OperatorConstant =
  | { readonly parameter: string; readonly shape: Shape }
  | { readonly integers: readonly number[]; readonly shape: Shape };

/** What an operator reads: the name of a value, a constant, or nothing where the input is left out. */
export type OperatorInput = string | OperatorConstant | null;

/** Whole numbers and texts as they are; real numbers are told apart, since JSON and JavaScript write 1 and 1.0 alike. */
export type OperatorAttribute = number | string | readonly number[] | { readonly real: number };

/**
 * One of ONNX's own operators, version 17, carried as it is: run by ONNX Runtime and written to ONNX files, looked into for its shape and
 * its products alone. A Reshape gives the axis that holds the images as −1, so that a batch may have any size.
 */
export interface Operator extends NodeBase {
  readonly kind: 'operator';
  readonly operator: OperatorName;
  /** At least one of them is a value. */
  readonly inputs: readonly OperatorInput[];
  readonly attributes: Readonly<Record<string, OperatorAttribute>>;
}

export type GraphNode =
  | Convolution
  | Linear
  | BatchNormalization
  | Affine
  | Relu
  | Relu6
  | Add
  | AveragePool
  | MaxPool
  | GlobalAveragePool
  | Flatten
  | StridedSlice
  | Resize
  | Pad
  | PadChannels
  | Operator;

/**
 * A network's structure without its parameters' values: plain data, so that it can be written as JSON, costed and cut
 * without loading a weight. Nodes stand in an order in which every value is produced before it is used.
 */
export interface Graph {
  /** The name of the value that enters. */
  readonly input: string;
  readonly inputShape: Shape;
  readonly nodes: readonly GraphNode[];
  /** The name of the value that the network is run for, the logits. */
  readonly output: string;
}

/** Values of a graph's parameters, by the names its nodes use. */
export type Parameters = ReadonlyMap<string, Tensor>;

/** A graph with its parameters. */
export interface Network {
  readonly graph: Graph;
  readonly parameters: Parameters;
}

/** The values that a node reads. */
export function inputsOf(node: GraphNode): readonly string[] {
  switch (node.kind) {
    case 'add':
      return node.inputs;
    case 'operator':
      return node.inputs.filter((input) => typeof input === 'string');
    default:
      return [node.input];
  }
}

/** For every value of a graph, the nodes that read it, in order. */
export function consumersOf(graph: Graph): ReadonlyMap<string, readonly GraphNode[]> {
  const consumers = new Map<string, GraphNode[]>([[graph.input, []]]);
  for (const node of graph.nodes) {
    consumers.set(node.name, []);
    for (const input of new Set(inputsOf(node))) consumers.get(input)?.push(node);
  }
  return consumers;
}

/** The node with one of its inputs replaced. */
export function reading(node: GraphNode, from: string, to: string): GraphNode {
  if (!inputsOf(node).includes(from)) return node;
  return withInputs(node, (input) => (input === from ? to : input));
}

/** The node with the values that it reads called otherwise. */
export function withInputs(node: GraphNode, rename: (input: string) => string): GraphNode {
  switch (node.kind) {
    case 'add': {
      const [first, second] = node.inputs;
      return { ...node, inputs: [rename(first), rename(second)] };
    }
    case 'operator':
      return {
        ...node,
        inputs: node.inputs.map((input) => (typeof input === 'string' ? rename(input) : input)),
      };
    default:
      return { ...node, input: rename(node.input) };
  }
}
