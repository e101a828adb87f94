import type { Graph, GraphNode, Shape } from './graph.js';
import { inputsOf } from './graph.js';
import { inferShapes } from './shapes.js';
import { elementCount } from './tensor.js';

/** The shape of every parameter that a graph's nodes name, in the order of the nodes. */
export function parameterShapes(graph: Graph): ReadonlyMap<string, Shape> {
  const shapes = inferShapes(graph);
  return new Map(graph.nodes.flatMap((node) => parameterShapesOf(node, shapes.get(inputsOf(node)[0]!)!)));
}

/** Number of learned values (batch normalisation's running statistics are not learned and not counted). */
export function parameterCount(graph: Graph): number {
  const statistics = runningStatistics(graph);
  let count = 0;
  for (const [name, shape] of parameterShapes(graph)) if (!statistics.has(name)) count += elementCount(shape);
  return count;
}

/** Names of what batch normalisations have seen, which is not learned by a gradient. */
export function runningStatistics({ nodes }: Graph): ReadonlySet<string> {
  return new Set(
    nodes.flatMap((node) => (node.kind === 'batch-normalization' ? [node.mean, node.variance] : [])),
  );
}

/** The shape of every parameter that one node names, given that of the first value it reads. */
export function parameterShapesOf(node: GraphNode, input: Shape): [string, Shape][] {
  const channels = [input[0]!];
  switch (node.kind) {
    case 'convolution': {
      const weight: [string, Shape] = [
        node.weight,
        [node.outputChannels, input[0]! / node.groups, ...node.kernel],
      ];
      return node.bias === undefined ? [weight] : [weight, [node.bias, [node.outputChannels]]];
    }
    case 'linear': {
      const weight: [string, Shape] = [node.weight, [node.outputFeatures, input[0]!]];
      return node.bias === undefined ? [weight] : [weight, [node.bias, [node.outputFeatures]]];
    }
    case 'batch-normalization':
      return [node.scale, node.shift, node.mean, node.variance].map((name) => [name, channels]);
    case 'affine':
      return [node.scale, node.shift].map((name) => [name, channels]);
    case 'operator':
      return node.inputs.flatMap((input): [string, Shape][] =>
        input !== null && typeof input === 'object' && 'parameter' in input
          ? [[input.parameter, input.shape]]
          : [],
      );
    default:
      return [];
  }
}
