import type { Graph, GraphNode, Shape } from './graph.js';
import { inputsOf } from './graph.js';
import { shapeOfOne } from './operator/batched-shape.js';
import { operatorMacs } from './operator/operator-rules.js';
import { inferBatchedShapes } from './shapes.js';
import { elementCount } from './tensor.js';

/**
 * How multiply-accumulates are counted.
 *
 * - `default`: convolutions, fully connected layers and all other products of matrices (of two activations too, as in an attention),
 *   nothing else. The convention of fvcore and thop (which print MACs under the name FLOPs).
 * - `paper`: besides, one a filter for the bias of every convolution and fully connected layer, one an output element of every
 *   convolution but the stem, one an input element of every average pool, and one a channel of the global pool: the rule
 *   that gives the component sums of Berestizshevsky & Even's CIFAR sheets (arXiv 1805.10982) to the unit. Kept for
 *   reproduction.
 */
export type MacConvention = 'default' | 'paper';

/** Multiply-accumulates for one image, node by node: exact integers. */
export function nodeMacs(graph: Graph, convention: MacConvention = 'default'): ReadonlyMap<string, number> {
  const shapes = inferBatchedShapes(graph);
  const stem = graph.nodes.find((node) => node.kind === 'convolution');
  return new Map(
    graph.nodes.map((node) => {
      const inputs = inputsOf(node).map((name) => shapes.get(name)!);
      if (node.kind === 'operator') return [node.name, operatorMacs(node, inputs, shapes.get(node.name)!)];
      const input = shapeOfOne(inputs[0]!);
      const output = shapeOfOne(shapes.get(node.name)!);
      const extras = convention === 'paper' ? paperExtras(node, input, output, node === stem) : 0;
      return [node.name, multiplications(node, input, output) + extras];
    }),
  );
}

/** Multiply-accumulates of a whole graph for one image. */
export function totalMacs(graph: Graph, convention: MacConvention = 'default'): number {
  let total = 0;
  for (const macs of nodeMacs(graph, convention).values()) total += macs;
  return total;
}

function multiplications(node: GraphNode, input: Shape, output: Shape): number {
  switch (node.kind) {
    case 'convolution':
      return elementCount(output) * (input[0]! / node.groups) * node.kernel[0] * node.kernel[1];
    case 'linear':
      return node.outputFeatures * input[0]!;
    default:
      return 0;
  }
}

function paperExtras(node: GraphNode, input: Shape, output: Shape, isStem: boolean): number {
  switch (node.kind) {
    case 'convolution':
      return node.outputChannels + (isStem ? 0 : elementCount(output));
    case 'linear':
      return node.outputFeatures;
    case 'average-pool':
      return elementCount(input);
    case 'global-average-pool':
      return elementCount(input) + output[0]!;
    default:
      return 0;
  }
}
