import { type Graph, inputsOf, type Parameters, type Shape } from '../network/graph.js';
import { parameterShapesOf } from '../network/parameter-shapes.js';
import { inferShapes } from '../network/shapes.js';
import { elementCount, type Tensor } from '../network/tensor.js';

/**
 * Parameters that fitting begins with: weights of convolutions uniform with He's variance for ReLU, 2 / fan-in (arXiv 1502.01852), those
 * of linear layers with 1 / (3 · fan-in) as PyTorch's, scales and variances 1, all else 0.
 *
 * @param random uniform numbers in [0, 1).
 */
export function initialParameters(graph: Graph, random: () => number): Parameters {
  const shapes = inferShapes(graph);
  const parameters = new Map<string, Tensor>();
  const put = (name: string, shape: Shape, draw: () => number): void => {
    parameters.set(name, { shape, data: Float32Array.from({ length: elementCount(shape) }, draw) });
  };
  for (const node of graph.nodes) {
    for (const [name, shape] of parameterShapesOf(node, shapes.get(inputsOf(node)[0]!)!)) {
      const gain = node.kind === 'convolution' ? 6 : 1;
      const limit = Math.sqrt(gain / elementCount(shape.slice(1)));
      const isWeight = 'weight' in node && name === node.weight;
      const isOne =
        (node.kind === 'affine' && name === node.scale) ||
        (node.kind === 'batch-normalization' && (name === node.scale || name === node.variance));
      put(name, shape, isWeight ? () => limit * (2 * random() - 1) : () => (isOne ? 1 : 0));
    }
  }
  return parameters;
}
