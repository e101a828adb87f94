import tf = require('@tensorflow/tfjs-core');

import { CascadeError } from '../../errors.js';
import type { Shape } from '../../network/graph.js';
import { inputsOf } from '../../network/graph.js';
import { convolution } from './convolution.js';
import type { Operator } from './operator.js';
import { paddingPairs } from './padding.js';
import type { Step } from './plan.js';
import { averagePool, globalAveragePool, maxPool, stridedSlice } from './pooling.js';
import type { Weights } from './weights.js';

/**
 * What computes a step of the plan.
 *
 * @throws CascadeError if it is a batch normalisation (fold it first) or one of ONNX's operators, or a parameter has no value.
 */
export function operatorOf(
  { node, activation }: Step,
  shapes: ReadonlyMap<string, Shape>,
  weights: Weights,
): Operator {
  const input = shapes.get(inputsOf(node)[0]!)!;
  switch (node.kind) {
    case 'convolution':
      return convolution(node, input[0]!, weights, activation);
    case 'linear': {
      const b = weights.parameter(node.weight, (tensor) => tf.transpose(tensor)) as tf.Tensor2D;
      const bias = node.bias === undefined ? {} : { bias: weights.parameter(node.bias) };
      return (x) => tf.fused.matMul({ a: x as tf.Tensor2D, b, ...bias, activation });
    }
    case 'affine': {
      const scale = weights.parameter(node.scale);
      const shift = weights.parameter(node.shift);
      return (x) => tf.add(tf.mul(x, scale), shift);
    }
    case 'relu':
      return tf.relu;
    case 'relu6':
      return tf.relu6;
    case 'add':
      return tf.add;
    case 'average-pool':
      return averagePool(node, input, weights);
    case 'max-pool':
      return maxPool(node);
    case 'global-average-pool':
      return globalAveragePool(input);
    case 'flatten':
      return (x) => tf.reshape(channelsFirst(x), [x.shape[0]!, -1]);
    case 'strided-slice':
      return stridedSlice(node.stride);
    case 'resize':
      return (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [...node.size], false, true);
    case 'pad':
      return (x) => tf.pad(x, paddingPairs(node.padding));
    case 'pad-channels':
      return (x) =>
        tf.pad(x, [
          [0, 0],
          [0, 0],
          [0, 0],
          [node.before, node.after],
        ]);
    case 'batch-normalization':
      throw new CascadeError(
        `The node ${node.name} is a batch normalisation; fold it before the network is run.`,
      );
    case 'operator':
      throw new CascadeError(
        `The node ${node.name} is ONNX's operator ${node.operator}, which cascade does not run with TensorFlow.js; take --engine onnxruntime.`,
      );
  }
}

/** A feature map as the graph sees it, `[images, channels, rows, columns]`; vectors stay. */
export function channelsFirst(x: tf.Tensor): tf.Tensor {
  return x.rank === 4 ? tf.transpose(x, [0, 3, 1, 2]) : x;
}

/** The way back. */
export function channelsLast(x: tf.Tensor): tf.Tensor {
  return x.rank === 4 ? tf.transpose(x, [0, 2, 3, 1]) : x;
}
