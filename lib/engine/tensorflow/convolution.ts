import tf = require('@tensorflow/tfjs-core');

import type { Convolution } from '../../network/graph.js';
import type { Operator } from './operator.js';
import { isPadded, paddingPairs } from './padding.js';
import type { Activation } from './plan.js';
import type { Weights } from './weights.js';

type FusedConvolution = Parameters<typeof tf.fused.conv2d>[0];

/** A convolution with its bias and the activation behind it in one call; one call a group where TensorFlow has no other way. */
export function convolution(
  node: Convolution,
  inputChannels: number,
  weights: Weights,
  activation: Activation,
): Operator {
  const common = {
    strides: [...node.stride] as [number, number],
    pad: isPadded(node.padding) ? paddingPairs(node.padding) : ('valid' as const),
    activation,
  };
  const bias = node.bias === undefined ? {} : { bias: weights.parameter(node.bias) };
  if (node.groups === 1) {
    const filter = weights.parameter(node.weight, rowsColumnsInOut) as tf.Tensor4D;
    return (x) => tf.fused.conv2d({ x: x as tf.Tensor4D, filter, ...common, ...bias });
  }
  // TensorFlow's own kernel takes only equal strides.
  if (node.groups === inputChannels && node.stride[0] === node.stride[1]) {
    const multiplier = node.outputChannels / inputChannels;
    const filter = weights.parameter(node.weight, (tensor) =>
      tf.reshape(rowsColumnsInOut(tensor), [...node.kernel, inputChannels, multiplier]),
    ) as tf.Tensor4D;
    // Its types forget that padding may be explicit.
    const pad = common.pad as 'valid';
    return (x) => tf.fused.depthwiseConv2d({ x: x as tf.Tensor4D, filter, ...common, pad, ...bias });
  }
  const parts = Array.from({ length: node.groups }, (_, group) => partOf(node, group, weights));
  return (x) => {
    const slices = tf.split<tf.Tensor4D>(x, node.groups, 3);
    return tf.concat(
      parts.map((part, group) => tf.fused.conv2d({ x: slices[group]!, ...part, ...common })),
      3,
    );
  };
}

/** Filter and bias of one group. */
function partOf(
  { weight, bias, groups, outputChannels }: Convolution,
  group: number,
  weights: Weights,
): Pick<FusedConvolution, 'filter' | 'bias'> {
  const size = outputChannels / groups;
  const filter = weights.parameter(weight, (tensor) =>
    rowsColumnsInOut(tf.slice(tensor, group * size, size)),
  ) as tf.Tensor4D;
  if (bias === undefined) return { filter };
  return { filter, bias: weights.parameter(bias, (tensor) => tf.slice(tensor, group * size, size)) };
}

/** From `[out, in, rows, columns]`. */
function rowsColumnsInOut(tensor: tf.Tensor): tf.Tensor {
  return tf.transpose(tensor, [2, 3, 1, 0]);
}
