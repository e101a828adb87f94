import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '../network/tensor.js';
import type { FeatureFile } from './feature-file.js';
import type { HeadStem } from './head-stem.js';

/** Rows of a file that are classified at once. */
const CHUNK = 256;

/** Top-1 accuracy of a folded head over the first rows of a file, whose labels are given; a fraction. */
export function accuracy(
  parameters: ReadonlyMap<string, Tensor>,
  stem: HeadStem,
  file: FeatureFile,
  labels: Uint16Array,
): number {
  let correct = 0;
  for (let start = 0; start < labels.length; start += CHUNK) {
    const part = labels.subarray(start, start + CHUNK);
    const features = new Float32Array(part.length * file.columns);
    file.readRows(start, part.length, features, 0);
    const predictions = tf.tidy(() =>
      tf.argMax(foldedLogits(parameters, stem, features, part.length), 1).dataSync(),
    );
    for (let row = 0; row < part.length; row++) if (predictions[row] === part[row]) correct++;
  }
  return correct / labels.length;
}

/** `[count, classes]` that a folded head gives to rows of features, which may be overwritten. */
export function foldedLogits(
  parameters: ReadonlyMap<string, Tensor>,
  stem: HeadStem,
  features: Float32Array,
  count: number,
): tf.Tensor2D {
  const connected = (input: tf.Tensor2D, name: string): tf.Tensor2D => {
    const { shape, data } = parameters.get(`${name}.weight`)!;
    const weight = tf.tensor2d(data, [shape[0]!, shape[1]!]);
    return tf.add(tf.matMul(input, tf.transpose(weight)), tf.tensor1d(parameters.get(`${name}.bias`)!.data));
  };
  const inputs = stem.foldedFeatures(parameters, features, count);
  return connected(parameters.has('hidden.weight') ? tf.relu(connected(inputs, 'hidden')) : inputs, 'logits');
}
