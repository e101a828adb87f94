import tf = require('@tensorflow/tfjs-core');

import type { Tensor } from '../network/tensor.js';
import { argmax } from '../stats/argmax.js';
import type { FeatureFile } from './feature-file.js';
import type { HeadStem } from './head-stem.js';

/** Rows of a file that are classified at once. */
const CHUNK = 256;

/** Logits of a folded head over the first `rows` rows of a file, `classes` values a row. */
export function headLogits(
  parameters: ReadonlyMap<string, Tensor>,
  stem: HeadStem,
  file: FeatureFile,
  rows: number,
): Float32Array {
  const classes = parameters.get('logits.bias')!.data.length;
  const logits = new Float32Array(rows * classes);
  for (let start = 0; start < rows; start += CHUNK) {
    const count = Math.min(CHUNK, rows - start);
    const features = new Float32Array(count * file.columns);
    file.readRows(start, count, features, 0);
    const part = tf.tidy(() => foldedLogits(parameters, stem, features, count).dataSync<'float32'>());
    logits.set(part, start * classes);
  }
  return logits;
}

/** Top-1 accuracy of a folded head over the first rows of a file, whose labels are given; a fraction. */
export function accuracy(
  parameters: ReadonlyMap<string, Tensor>,
  stem: HeadStem,
  file: FeatureFile,
  labels: Uint16Array,
): number {
  const logits = headLogits(parameters, stem, file, labels.length);
  const classes = logits.length / labels.length;
  let correct = 0;
  for (const [row, label] of labels.entries())
    if (argmax(logits, row * classes, classes) === label) correct++;
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
