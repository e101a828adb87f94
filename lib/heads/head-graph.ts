import { foldedGraph } from '../network/fold-batch-norm.js';
import type { Graph, GraphNode, Shape } from '../network/graph.js';
import { type HeadInput, headInput, isOfMap } from './head-input.js';
import { type ConvolutionLayer, type HeadKind, isDeep, type PooledHead, type Pooling } from './head-kinds.js';
import { deepGraph } from './networks/deep-graph.js';

const INPUT = 'feature-map';
const FEATURES = 'features';
const CONVOLVED = 'convolved';
const POOLED_MAP = 'pooled-map';

/** What is recorded of the value at an exit for a head to be fitted on: its pooled features, or all of it where a convolution comes first. */
export function recordedGraph(kind: PooledHead, inputShape: Shape, channelsLast = false): Graph {
  const at = headInput(INPUT, { shape: inputShape, ...(channelsLast && { channelsLast: true }) });
  if (kind.convolution !== undefined)
    return { input: INPUT, inputShape, nodes: at.nodes.filter(isOfMap), output: at.map.name };
  return { input: INPUT, inputShape, nodes: featureNodes(kind.pooling, at), output: FEATURES };
}

/**
 * A whole head as it runs: the value at the exit in, logits out. Batch normalisation has been folded into the layer before it, and so has
 * the standardisation of pooled features. That of a convolution's input stays an `affine` node: the zeros of the padding are the channel's
 * mean after it, and no bias of the convolution could say so at the border. Parameters are `input.scale`, `input.shift`,
 * `convolution.weight` and `.bias` (with a convolution only), `hidden.weight`, `hidden.bias`, `logits.weight` and `logits.bias`; those
 * of a deep head are called as torchvision calls those of residual networks.
 *
 * @param inputShape at the cut point, `[channels, height, width]` of a feature map, `[tokens, width]` of a sequence.
 * @param channelsLast whether the channels of a map, or the width of tokens, stand last.
 */
export function headGraph(kind: HeadKind, inputShape: Shape, classes: number, channelsLast = false): Graph {
  if (isDeep(kind)) return foldedGraph(deepGraph(kind, inputShape, classes, channelsLast));
  const { convolution } = kind;
  const at = headInput(INPUT, { shape: inputShape, ...(channelsLast && { channelsLast: true }) });
  const nodes: GraphNode[] =
    convolution === undefined
      ? [...featureNodes(kind.pooling, at)]
      : [
          ...at.nodes.filter(isOfMap),
          ...convolutionNodes(convolution, at.map.name),
          ...poolingNodes(kind.pooling, CONVOLVED, convolvedShape(convolution, at.map.shape), FEATURES),
        ];
  const connected = (name: string, input: string, outputFeatures: number): GraphNode => ({
    kind: 'linear',
    name,
    input,
    outputFeatures,
    weight: `${name}.weight`,
    bias: `${name}.bias`,
  });
  let last = FEATURES;
  if (kind.hidden !== undefined) {
    nodes.push(connected('hidden', last, kind.hidden.units));
    nodes.push({ kind: 'relu', name: 'activation', input: 'hidden' });
    last = 'activation';
  }
  nodes.push(connected('logits', last, classes));
  return { input: INPUT, inputShape, nodes, output: 'logits' };
}

/** `[channels, height, width]` that a convolution makes of a feature map. */
export function convolvedShape({ channels, kernel, stride }: ConvolutionLayer, [, ...sides]: Shape): Shape {
  const padding = (kernel - 1) / 2;
  return [channels, ...sides.map((pixels) => Math.floor((pixels + 2 * padding - kernel) / stride) + 1)];
}

function convolutionNodes(
  { channels, kernel, stride }: ConvolutionLayer,
  input: string,
): readonly GraphNode[] {
  const padding = (kernel - 1) / 2;
  return [
    { kind: 'affine', name: 'standardized', input, scale: 'input.scale', shift: 'input.shift' },
    {
      kind: 'convolution',
      name: 'convolution',
      input: 'standardized',
      kernel: [kernel, kernel],
      stride: [stride, stride],
      padding: { top: padding, bottom: padding, left: padding, right: padding },
      outputChannels: channels,
      groups: 1,
      weight: 'convolution.weight',
      bias: 'convolution.bias',
    },
    { kind: 'relu', name: CONVOLVED, input: 'convolution' },
  ];
}

/** The pooled map, behind the class token where there is one. */
function featureNodes(pooling: Pooling, { nodes, map, classToken }: HeadInput): readonly GraphNode[] {
  if (classToken === undefined) return [...nodes, ...poolingNodes(pooling, map.name, map.shape, FEATURES)];
  const joined: GraphNode = {
    kind: 'operator',
    name: FEATURES,
    operator: 'Concat',
    inputs: [classToken, POOLED_MAP],
    attributes: { axis: 1 },
  };
  return [...nodes, ...poolingNodes(pooling, map.name, map.shape, POOLED_MAP), joined];
}

function poolingNodes(
  pooling: Pooling,
  input: string,
  [, height, width]: Shape,
  name: string,
): readonly GraphNode[] {
  if (pooling.kind === 'global') return [{ kind: 'global-average-pool', name, input }];
  const [rows, columns] = [poolingCells(pooling, height!), poolingCells(pooling, width!)];
  return [
    {
      kind: 'average-pool',
      name: 'pooled',
      input,
      kernel: [rows.kernel, columns.kernel],
      stride: [rows.stride, columns.stride],
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
    },
    { kind: 'flatten', name, input: 'pooled' },
  ];
}

/** Windows along one side of a feature map. */
export interface Cells {
  readonly count: number;
  readonly kernel: number;
  readonly stride: number;
}

/**
 * The windows that a pooling lays over all the pixels of a side, never more than there are pixels and never none; where they do not
 * divide evenly, neighbours overlap.
 */
export function poolingCells(pooling: Pooling, pixels: number): Cells {
  const count = cellCount(pooling, pixels);
  const stride = Math.floor(pixels / count);
  return { count, kernel: pixels - (count - 1) * stride, stride };
}

function cellCount(pooling: Pooling, pixels: number): number {
  if (pooling.kind === 'global') return 1;
  return pooling.kind === 'grid'
    ? Math.min(pooling.size, pixels)
    : Math.max(1, Math.floor(pixels / pooling.size));
}
