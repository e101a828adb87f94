import type { Graph, GraphNode, Shape } from '../network/graph.js';
import { elementCount } from '../network/tensor.js';
import type { HeadKind, Pooling } from './head-kinds.js';

const INPUT = 'feature-map';
const FEATURES = 'features';

/** The first part of a head, without parameters: feature map in, a vector of pooled features out. */
export function poolingGraph(pooling: Pooling, inputShape: Shape): Graph {
  return { input: INPUT, inputShape, nodes: poolingNodes(pooling, inputShape), output: FEATURES };
}

/**
 * A whole head as it runs: feature map in, logits out. Standardisation and batch normalisation have been folded into the
 * fully connected layers. Its parameters are `hidden.weight`, `hidden.bias`, `logits.weight` and `logits.bias`.
 *
 * @param inputShape `[channels, height, width]` at the cut point.
 */
export function headGraph(kind: HeadKind, inputShape: Shape, classes: number): Graph {
  const nodes = [...poolingNodes(kind.pooling, inputShape)];
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

/** Length of the vector that a pooling makes of a feature map. */
export function featureCount(pooling: Pooling, inputShape: Shape): number {
  const cells =
    pooling.kind === 'global' ? 1 : elementCount(inputShape.slice(1).map((size) => gridSize(pooling, size)));
  return inputShape[0]! * cells;
}

function poolingNodes(pooling: Pooling, [, height, width]: Shape): readonly GraphNode[] {
  if (pooling.kind === 'global') return [{ kind: 'global-average-pool', name: FEATURES, input: INPUT }];
  const [rows, columns] = [
    cells(height!, gridSize(pooling, height!)),
    cells(width!, gridSize(pooling, width!)),
  ];
  return [
    {
      kind: 'average-pool',
      name: 'pooled',
      input: INPUT,
      kernel: [rows.kernel, columns.kernel],
      stride: [rows.stride, columns.stride],
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
    },
    { kind: 'flatten', name: FEATURES, input: 'pooled' },
  ];
}

/** Cells along one side of a feature map; never more than it has pixels, never none. */
function gridSize(pooling: Exclude<Pooling, { kind: 'global' }>, pixels: number): number {
  return pooling.kind === 'grid'
    ? Math.min(pooling.size, pixels)
    : Math.max(1, Math.floor(pixels / pooling.size));
}

/**
 * A window and a stride that lay `count` cells over all the pixels of a side; where they do not divide evenly, neighbouring
 * cells overlap.
 */
function cells(pixels: number, count: number): { readonly kernel: number; readonly stride: number } {
  const stride = Math.floor(pixels / count);
  return { kernel: pixels - (count - 1) * stride, stride };
}
