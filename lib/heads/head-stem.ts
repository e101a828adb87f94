import tf = require('@tensorflow/tfjs-core');

import type { Shape } from '../network/graph.js';
import type { Tensor } from '../network/tensor.js';
import { convolvedShape } from './head-graph.js';
import type { PooledHead } from './head-kinds.js';
import { pool } from './head-step.js';
import type { LayerInputs } from './head-variables.js';
import { patches, poolingMatrix } from './patches.js';
import { channelwise, type Standardization, standardize } from './standardization.js';

/** What stands between recorded features and the fully connected layers of a head: nothing, or a convolution and its pooling. */
export interface HeadStem {
  readonly inputs: LayerInputs;
  /** Rows that batch statistics of the convolution are taken over, an image. */
  readonly positions: number;
  /** `[cells, positions]`, with a convolution. */
  readonly pooling?: tf.Tensor2D;
  /** The scaling of recorded features, from that of each by itself. */
  scaling(each: Standardization): Standardization;
  /** Standardised features as the first layer of the head takes them. */
  layerInputs(features: Float32Array, count: number): tf.Tensor2D;
  /** What the folded head feeds its fully connected layers with, of features as they were recorded (which it may overwrite). */
  foldedFeatures(parameters: ReadonlyMap<string, Tensor>, features: Float32Array, count: number): tf.Tensor2D;
  dispose(): void;
}

/** @param columns of the recorded features. */
export function openHeadStem(
  { convolution, pooling }: PooledHead,
  inputShape: Shape,
  columns: number,
): HeadStem {
  if (convolution === undefined) {
    const layerInputs = (features: Float32Array, count: number): tf.Tensor2D =>
      tf.tensor2d(features, [count, columns]);
    return {
      inputs: { features: columns },
      positions: 1,
      scaling: (each) => each,
      layerInputs,
      foldedFeatures: (_, features, count) => layerInputs(features, count),
      dispose: () => {},
    };
  }
  const pixels = inputShape[1]! * inputShape[2]!;
  const unfolding = patches(convolution, inputShape);
  const { cells, matrix } = poolingMatrix(pooling, convolvedShape(convolution, inputShape));
  const poolingTensor = tf.tensor2d(matrix, [cells, unfolding.positions]);
  const layerInputs = (features: Float32Array, count: number): tf.Tensor2D =>
    tf.tensor2d(unfolding.unfold(features, count), [unfolding.positions * count, unfolding.size]);
  return {
    inputs: { patch: unfolding.size, features: convolution.channels * cells },
    positions: unfolding.positions,
    pooling: poolingTensor,
    scaling: (each) => channelwise(each, pixels),
    layerInputs,
    foldedFeatures(parameters, features, count) {
      const scale = parameters.get('input.scale')!.data;
      const shift = parameters.get('input.shift')!.data;
      const perPixel = (of: (channel: number) => number): Float64Array =>
        Float64Array.from({ length: columns }, (_, column) => of(Math.floor(column / pixels)));
      standardize(features, {
        scale: perPixel((channel) => scale[channel]!),
        mean: perPixel((channel) => -shift[channel]! / scale[channel]!),
      });
      const weight = tf.tensor2d(parameters.get('convolution.weight')!.data, [
        convolution.channels,
        unfolding.size,
      ]);
      const product = tf.matMul(layerInputs(features, count), tf.transpose(weight));
      const bias = tf.tensor1d(parameters.get('convolution.bias')!.data);
      return pool(tf.relu(tf.add<tf.Tensor2D>(product, bias)), poolingTensor);
    },
    dispose: () => poolingTensor.dispose(),
  };
}
