import tf = require('@tensorflow/tfjs-core');

import type { AveragePool, MaxPool, Padding, Pair, Shape } from '../../network/graph.js';
import type { Operator } from './operator.js';
import { isPadded, paddingPairs } from './padding.js';
import type { Weights } from './weights.js';

type Pool = typeof tf.maxPool | typeof tf.avgPool;

/** Images are padded before the windows slide: TensorFlow's pools know no padding but `same`. */
export function maxPool({ kernel, stride, padding }: MaxPool): Operator {
  return (x) => slide(tf.maxPool, padded(x, padding, Number.NEGATIVE_INFINITY), kernel, stride);
}

/** Padded elements are zeros in the sum; the mean is corrected for how many of a window's elements they are. */
export function averagePool(
  { kernel, stride, padding }: AveragePool,
  input: Shape,
  weights: Weights,
): Operator {
  const mean = (x: tf.Tensor): tf.Tensor => slide(tf.avgPool, padded(x, padding, 0), kernel, stride);
  if (!isPadded(padding)) return mean;
  const correction = weights.hold(() => tf.reciprocal(mean(tf.ones([1, input[1]!, input[2]!, 1]))));
  return (x) => tf.mul(mean(x), correction);
}

/** As a pool over the whole image, which WebAssembly does eight times faster than a mean over two axes. */
export function globalAveragePool([channels, height, width]: Shape): Operator {
  return (x) => tf.reshape(slide(tf.avgPool, x, [height!, width!], [1, 1]), [-1, channels!]);
}

/** As a pool of windows of one element, which is 4 (native) to 75 times (WebAssembly) faster than `tf.stridedSlice`. */
export function stridedSlice(stride: Pair): Operator {
  return (x) => slide(tf.maxPool, x, [1, 1], stride);
}

function slide(pool: Pool, x: tf.Tensor, kernel: Pair, stride: Pair): tf.Tensor {
  return pool(x as tf.Tensor4D, [...kernel], [...stride], 'valid');
}

function padded(x: tf.Tensor, padding: Padding, value: number): tf.Tensor {
  return isPadded(padding) ? tf.pad(x, paddingPairs(padding), value) : x;
}
