import tf = require('@tensorflow/tfjs-core');

import {
  type BatchStatistics,
  backwardLayer,
  columnSum,
  forwardLayer,
  type LayerTensors,
  weightGradient,
} from './layer-step.js';

/** What a head has of each of its layers; the first two are absent where the kind has no such layer. */
export type HeadLayers<Layer> = {
  readonly convolution?: Layer;
  readonly hidden?: Layer;
  readonly logits: Layer;
};

/** A head's learned tensors while it is fitted. */
export type HeadTensors = HeadLayers<LayerTensors>;

export type Gradients = {
  readonly gradients: HeadTensors;
  /** Mean cross-entropy of the batch, in nats. */
  readonly loss: tf.Scalar;
  /** Batch statistics of the layers with batch normalisation. */
  readonly statistics: { readonly convolution?: BatchStatistics; readonly hidden?: BatchStatistics };
};

/** What one step learns from. */
export interface Batch {
  /** `[batch, features]`, or with a convolution `[positions · batch, patch]` (`Patches`); standardised. */
  readonly inputs: tf.Tensor2D;
  /** `[batch, classes]` probabilities. */
  readonly targets: tf.Tensor2D;
  /** `[batch, units]` dropout factors, 0 or 1/(1 − rate). */
  readonly mask?: tf.Tensor2D | undefined;
  /** `[cells, positions]` of `poolingMatrix`, with a convolution. */
  readonly pooling?: tf.Tensor2D | undefined;
}

/**
 * Loss and gradients of one step, written out: the automatic gradient of a product multiplies by a transposed matrix, which
 * TensorFlow.js's WASM backend does 20 times slower than a transposition and a plain product, and that of a convolution it lacks.
 */
export function headGradients(tensors: HeadTensors, { inputs, targets, mask, pooling }: Batch): Gradients {
  const batch = targets.shape[0];
  const convolution = tensors.convolution && forwardLayer(tensors.convolution, inputs);
  const features = convolution === undefined ? inputs : pool(convolution.active, pooling!);
  const hidden = tensors.hidden && forwardLayer(tensors.hidden, features);
  const top = hidden?.active ?? features;
  const masked = mask === undefined ? top : tf.mul<tf.Tensor2D>(top, mask);
  const logits = tf.add<tf.Tensor2D>(tf.matMul(masked, tensors.logits.weight), tensors.logits.bias);
  const logProbabilities = tf.logSoftmax(logits);
  const loss = tf.neg<tf.Scalar>(tf.div(tf.sum(tf.mul(targets, logProbabilities)), batch));
  const logitGradient = tf.div<tf.Tensor2D>(tf.sub(tf.exp(logProbabilities), targets), batch);
  const gradients: { -readonly [Name in keyof HeadTensors]: HeadTensors[Name] } = {
    logits: { weight: weightGradient(masked, logitGradient), bias: columnSum(logitGradient) },
  };
  const statistics = {
    ...(convolution?.normalized && { convolution: convolution.normalized.statistics }),
    ...(hidden?.normalized && { hidden: hidden.normalized.statistics }),
  };
  // The gradient of what the layer below gave, as far down as there are layers.
  let below = { weight: tensors.logits.weight, product: logitGradient };
  if (hidden !== undefined) {
    const gradient = inputGradient(below);
    const outputGradient = mask === undefined ? gradient : tf.mul<tf.Tensor2D>(gradient, mask);
    const backward = backwardLayer(tensors.hidden!, hidden, features, outputGradient);
    gradients.hidden = backward.gradients;
    below = { weight: tensors.hidden!.weight, product: backward.product };
  }
  if (convolution !== undefined) {
    const outputGradient = unpool(inputGradient(below), pooling!);
    gradients.convolution = backwardLayer(
      tensors.convolution!,
      convolution,
      inputs,
      outputGradient,
    ).gradients;
  }
  return { gradients, loss, statistics };
}

function inputGradient({ weight, product }: { weight: tf.Tensor2D; product: tf.Tensor2D }): tf.Tensor2D {
  return tf.matMul(product, tf.transpose(weight));
}

/**
 * Average pooling of `[positions · batch, channels]` to `[batch, channels · cells]`, the order in which a feature map is flattened.
 *
 * @param pooling `[cells, positions]`
 */
export function pool(active: tf.Tensor2D, pooling: tf.Tensor2D): tf.Tensor2D {
  const [cells, positions] = pooling.shape;
  const channels = active.shape[1];
  const batch = active.shape[0] / positions;
  const means = tf.matMul(pooling, tf.reshape<tf.Rank.R2>(active, [positions, batch * channels]));
  return tf.reshape(tf.transpose(tf.reshape(means, [cells, batch, channels]), [1, 2, 0]), [
    batch,
    channels * cells,
  ]);
}

/** The gradient of what was pooled from that of the means. */
function unpool(gradient: tf.Tensor2D, pooling: tf.Tensor2D): tf.Tensor2D {
  const [cells, positions] = pooling.shape;
  const batch = gradient.shape[0];
  const channels = gradient.shape[1] / cells;
  const means = tf.transpose(tf.reshape(gradient, [batch, channels, cells]), [2, 0, 1]);
  const spread = tf.matMul<tf.Tensor2D>(
    tf.transpose(pooling),
    tf.reshape<tf.Rank.R2>(means, [cells, batch * channels]),
  );
  return tf.reshape(spread, [positions * batch, channels]);
}
