import { CascadeError } from '../../errors.js';
import { type BatchNormalization, type GraphNode, inputsOf } from '../../network/graph.js';
import { convolutionGradients } from './convolution.js';
import { dimensionsOf, type GradientContext, type Gradients } from './gradient.js';
import { affineGradients, linearGradients } from './linear.js';
import {
  averagePoolGradient,
  globalAveragePoolGradient,
  maxPoolGradient,
  stridedSliceGradient,
} from './pools.js';
import { reluGradient } from './relu.js';
import { reshape } from './shaping.js';

/** All nodes but batch normalisation, which is another in training than at inference. */
export type PlainNode = Exclude<GraphNode, BatchNormalization>;

/**
 * Gradients by what a node reads, given that by its value.
 *
 * @throws CascadeError if the node has none here (`resize`, and ONNX's operators).
 */
export function nodeGradients(node: PlainNode, gradient: string, context: GradientContext): Gradients {
  switch (node.kind) {
    case 'convolution':
      return convolutionGradients(node, gradient, context);
    case 'linear':
      return linearGradients(node, gradient, context);
    case 'affine':
      return affineGradients(node, gradient, context);
    default: {
      const inputs = inputsOf(node).filter(context.isLearned);
      if (inputs.length === 0) return { inputs: [] };
      const passed = passedGradient(node, gradient, context);
      return { inputs: inputs.map((input) => [input, passed]) };
    }
  }
}

/** The gradient by each input of a node without parameters. */
function passedGradient(
  node: Exclude<PlainNode, { readonly kind: 'convolution' | 'linear' | 'affine' }>,
  gradient: string,
  context: GradientContext,
): string {
  const { writer } = context;
  switch (node.kind) {
    case 'add':
      return gradient;
    case 'relu':
    case 'relu6':
      return reluGradient(node, gradient, writer);
    case 'average-pool':
      return averagePoolGradient(node, gradient, context);
    case 'max-pool':
      return maxPoolGradient(node, gradient, context);
    case 'global-average-pool':
      return globalAveragePoolGradient(node, gradient, context);
    case 'flatten':
      return reshape(writer, gradient, dimensionsOf(context, node.input));
    case 'strided-slice':
      return stridedSliceGradient(node, gradient, context);
    case 'pad': {
      const { top, left } = node.padding;
      return window(node.input, gradient, [0, top, left], context);
    }
    case 'pad-channels':
      return window(node.input, gradient, [node.before, 0, 0], context);
    case 'resize':
      throw new CascadeError(
        `The node ${node.name} (resize) has no gradient here, so that nothing before it can be fitted.`,
      );
    case 'operator':
      throw new CascadeError(
        `The node ${node.name} (${node.operator}) has no gradient here, so that nothing before it can be fitted.`,
      );
  }
}

/** The part of a gradient that belongs to the pixels of a value which stands somewhere in it. */
function window(
  value: string,
  gradient: string,
  starts: readonly number[],
  context: GradientContext,
): string {
  const { writer } = context;
  const ends = context.shapeOf(value).map((size, axis) => starts[axis]! + size);
  return writer.emit('Slice', [
    gradient,
    writer.integers(starts),
    writer.integers(ends),
    writer.integers([1, 2, 3]),
  ]);
}
