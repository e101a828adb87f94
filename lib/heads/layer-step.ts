import tf = require('@tensorflow/tfjs-core');

/** Added to a variance before its root, as PyTorch's BatchNorm1d does. */
export const BATCH_NORM_EPSILON = 1e-5;

/** What is learned of a layer: a product, then a bias or batch normalisation. */
export type LayerTensors = {
  /** `[inputs, units]` */
  readonly weight: tf.Tensor2D;
  /** `[1, units]`; the shift of the batch normalisation where there is one. */
  readonly bias: tf.Tensor2D;
  /** `[1, units]`, with batch normalisation only. */
  readonly gain?: tf.Tensor2D;
};

/** `[1, units]` mean and (biased) variance of a layer's product over the rows of a batch. */
export type BatchStatistics = {
  readonly mean: tf.Tensor2D;
  readonly variance: tf.Tensor2D;
};

/** A layer's outputs `[rows, units]`, with what its gradient needs. */
export interface ActiveLayer {
  readonly active: tf.Tensor2D;
  readonly normalized?: {
    readonly values: tf.Tensor2D;
    readonly inverseDeviation: tf.Tensor2D;
    readonly statistics: BatchStatistics;
  };
}

/** Sums over the rows: a product with ones does it several times faster than the backend's own reduction over the first axis. */
export function columnSum(matrix: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.ones<tf.Rank.R2>([1, matrix.shape[0]]), matrix);
}

/** `leftᵀ · right`: WASM's product repacks its right factor, which takes longer than a transposition, so the narrow one stands there. */
export function weightGradient(left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.transpose(left), right);
}

/** A product, batch normalisation where the layer has a gain, ReLU. */
export function forwardLayer({ weight, bias, gain }: LayerTensors, inputs: tf.Tensor2D): ActiveLayer {
  const product = tf.matMul<tf.Tensor2D>(inputs, weight);
  if (gain === undefined) return { active: tf.relu(tf.add<tf.Tensor2D>(product, bias)) };
  const rows = inputs.shape[0];
  const mean = tf.div<tf.Tensor2D>(columnSum(product), rows);
  const centred = tf.sub<tf.Tensor2D>(product, mean);
  const variance = tf.div<tf.Tensor2D>(columnSum(tf.square(centred)), rows);
  const inverseDeviation = tf.rsqrt(tf.add<tf.Tensor2D>(variance, BATCH_NORM_EPSILON));
  const values = tf.mul<tf.Tensor2D>(centred, inverseDeviation);
  const active = tf.relu(tf.add<tf.Tensor2D>(tf.mul(values, gain), bias));
  return { active, normalized: { values, inverseDeviation, statistics: { mean, variance } } };
}

/**
 * Gradients of a layer's tensors, and of its product, from that of its outputs.
 *
 * @param inputs that it was given, `[rows, inputs]`.
 * @param outputGradient `[rows, units]`.
 */
export function backwardLayer(
  { gain }: LayerTensors,
  { active, normalized }: ActiveLayer,
  inputs: tf.Tensor2D,
  outputGradient: tf.Tensor2D,
): { readonly gradients: LayerTensors; readonly product: tf.Tensor2D } {
  const gradient = tf.mul<tf.Tensor2D>(outputGradient, tf.step(active));
  const bias = columnSum(gradient);
  if (gain === undefined || normalized === undefined) {
    return { gradients: { weight: weightGradient(inputs, gradient), bias }, product: gradient };
  }
  const { values, inverseDeviation } = normalized;
  const rows = inputs.shape[0];
  const gainGradient = columnSum(tf.mul(gradient, values));
  const centred = tf.sub(tf.sub(gradient, tf.div(bias, rows)), tf.mul(values, tf.div(gainGradient, rows)));
  const product = tf.mul<tf.Tensor2D>(centred, tf.mul(inverseDeviation, gain));
  return { gradients: { weight: weightGradient(inputs, product), bias, gain: gainGradient }, product };
}
