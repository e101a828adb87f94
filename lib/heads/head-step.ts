import * as tf from '@tensorflow/tfjs-core';
import type { HiddenLayer } from './head-kinds.js';

/** Added to a variance before its root, as PyTorch's BatchNorm1d does. */
export const BATCH_NORM_EPSILON = 1e-5;

/** A head's learned tensors while it is fitted; those of the hidden layer are absent without one. */
export type HeadTensors = {
  /** `[features, units]` */
  readonly hiddenWeight?: tf.Tensor2D;
  /** `[1, units]`; the shift of the batch normalisation where there is one. */
  readonly hiddenBias?: tf.Tensor2D;
  /** `[1, units]`, with batch normalisation only. */
  readonly gain?: tf.Tensor2D;
  /** `[units or features, classes]` */
  readonly weight: tf.Tensor2D;
  /** `[1, classes]` */
  readonly bias: tf.Tensor2D;
};

export type Gradients = {
  readonly gradients: HeadTensors;
  /** Mean cross-entropy of the batch, in nats. */
  readonly loss: tf.Scalar;
  /** `[1, units]` mean and (biased) variance of the hidden layer over the batch, with batch normalisation only. */
  readonly statistics?: { readonly mean: tf.Tensor2D; readonly variance: tf.Tensor2D };
};

/**
 * Loss and gradients of one step, written out: the automatic gradient of a product multiplies by a transposed matrix, which
 * TensorFlow.js's WASM backend does 20 times slower than a transposition and a plain product.
 *
 * @param inputs `[batch, features]`, standardised.
 * @param targets `[batch, classes]` probabilities.
 * @param mask `[batch, units]` dropout factors, 0 or 1/(1 − rate).
 */
export function headGradients(
  tensors: HeadTensors,
  hidden: HiddenLayer | undefined,
  inputs: tf.Tensor2D,
  targets: tf.Tensor2D,
  mask: tf.Tensor2D | undefined,
): Gradients {
  const batch = inputs.shape[0];
  const ones = tf.ones<tf.Rank.R2>([1, batch]);
  // A product with ones sums columns several times faster than the backend's own reduction over the first axis.
  const columnSum = (matrix: tf.Tensor2D): tf.Tensor2D => tf.matMul(ones, matrix);
  const columnMean = (matrix: tf.Tensor2D): tf.Tensor2D => tf.div(columnSum(matrix), batch);
  const weightGradient = (left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D =>
    tf.matMul<tf.Tensor2D>(tf.transpose(left), right);

  const layer = hidden === undefined ? undefined : forwardHidden(tensors, hidden, inputs, columnMean);
  const masked =
    layer === undefined
      ? inputs
      : mask === undefined
        ? layer.active
        : tf.mul<tf.Tensor2D>(layer.active, mask);
  const logits = tf.add<tf.Tensor2D>(tf.matMul(masked, tensors.weight), tensors.bias);
  const logProbabilities = tf.logSoftmax(logits);
  const loss = tf.neg<tf.Scalar>(tf.div(tf.sum(tf.mul(targets, logProbabilities)), batch));
  const logitGradient = tf.div<tf.Tensor2D>(tf.sub(tf.exp(logProbabilities), targets), batch);
  const top = { weight: weightGradient(masked, logitGradient), bias: columnSum(logitGradient) };
  if (layer === undefined) return { gradients: top, loss };

  let gradient = tf.matMul<tf.Tensor2D>(logitGradient, tf.transpose(tensors.weight));
  if (mask !== undefined) gradient = tf.mul(gradient, mask);
  gradient = tf.mul(gradient, tf.step(layer.active));
  const hiddenBias = columnSum(gradient);
  if (layer.normalized === undefined) {
    return { gradients: { hiddenWeight: weightGradient(inputs, gradient), hiddenBias, ...top }, loss };
  }
  const { values, inverseDeviation, statistics } = layer.normalized;
  const gain = columnSum(tf.mul(gradient, values));
  const centred = tf.sub(tf.sub(gradient, tf.div(hiddenBias, batch)), tf.mul(values, tf.div(gain, batch)));
  const preActivation = tf.mul<tf.Tensor2D>(centred, tf.mul(inverseDeviation, tensors.gain!));
  return {
    gradients: { hiddenWeight: weightGradient(inputs, preActivation), hiddenBias, gain, ...top },
    loss,
    statistics,
  };
}

function forwardHidden(
  tensors: HeadTensors,
  hidden: HiddenLayer,
  inputs: tf.Tensor2D,
  columnMean: (matrix: tf.Tensor2D) => tf.Tensor2D,
) {
  const product = tf.matMul<tf.Tensor2D>(inputs, tensors.hiddenWeight!);
  if (!hidden.batchNormalization)
    return { active: tf.relu(tf.add<tf.Tensor2D>(product, tensors.hiddenBias!)) };
  const mean = columnMean(product);
  const centred = tf.sub<tf.Tensor2D>(product, mean);
  const variance = columnMean(tf.square(centred));
  const inverseDeviation = tf.rsqrt(tf.add<tf.Tensor2D>(variance, BATCH_NORM_EPSILON));
  const values = tf.mul<tf.Tensor2D>(centred, inverseDeviation);
  const active = tf.relu(tf.add<tf.Tensor2D>(tf.mul(values, tensors.gain!), tensors.hiddenBias!));
  return { active, normalized: { values, inverseDeviation, statistics: { mean, variance } } };
}
