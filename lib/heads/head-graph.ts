import { foldedGraph } from '../network/fold-batch-norm.js';
import type { Graph, GraphNode, Shape } from '../network/graph.js';
import { type ConvolutionLayer, type HeadKind, isDeep, type PooledHead, type Pooling } from './head-kinds.js';
import { deepGraph } from './networks/deep-graph.js';

const INPUT = 'feature-map';
const FEATURES = 'features';
const CONVOLVED = 'convolved';

/** What is recorded of a feature map for a head to be fitted on: its pooled features, or all of it where a convolution comes first. */
export function recordedGraph(kind: PooledHead, inputShape: Shape): Graph {
  if (kind.convolution !== undefined) return { input: INPUT, inputShape, nodes: [], output: INPUT };
  return { input: INPUT, inputShape, nodes: poolingNodes(kind.pooling, INPUT, inputShape), output: FEATURES };
}

/**
 * A whole head as it runs: feature map in, logits out. Batch normalisation has been folded into the layer before it, and so has the
 * standardisation of pooled features. That of a convolution's input stays an `affine` node: the zeros of the padding are the channel's
 * mean after it, and no bias of the convolution could say so at the border. Parameters are `input.scale`, `input.shift`,
 * `convolution.weight` and `.bias` (with a convolution only), `hidden.weight`, `hidden.bias`, `logits.weight` and `logits.bias`; those
 * of a deep head are called as torchvision calls those of residual networks.
 *
 * @param inputShape `[channels, height, width]` at the cut point.
 */
export function headGraph(kind: HeadKind, inputShape: Shape, classes: number): Graph {
  if (isDeep(kind)) return foldedGraph(deepGraph(kind, inputShape, classes));
  const { convolution } = kind;
  const nodes: GraphNode[] =
    convolution === undefined
      ? [...poolingNodes(kind.pooling, INPUT, inputShape)]
      : [
          ...convolutionNodes(convolution),
          ...poolingNodes(kind.pooling, CONVOLVED, convolvedShape(convolution, inputShape)),
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

function convolutionNodes({ channels, kernel, stride }: ConvolutionLayer): readonly GraphNode[] {
  const padding = (kernel - 1) / 2;
  return [
    { kind: 'affine', name: 'standardized', input: INPUT, scale: 'input.scale', shift: 'input.shift' },
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

function poolingNodes(pooling: Pooling, input: string, [, height, width]: Shape): readonly GraphNode[] {
  if (pooling.kind === 'global') return [{ kind: 'global-average-pool', name: FEATURES, input }];
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
    { kind: 'flatten', name: FEATURES, input: 'pooled' },
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
