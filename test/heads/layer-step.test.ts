import tf = require('@tensorflow/tfjs-core');

import test from 'ava';
import { openBackend } from '../../lib/engine/tensorflow/backend.js';
import { columnSum, forwardLayer, weightGradient } from '../../lib/heads/layer-step.js';

test.before(() => openBackend('cpu'));

const near = (found: tf.Tensor, expected: readonly number[]): boolean =>
  [...found.dataSync()].every((value, index) => Math.abs(value - expected[index]!) < 1e-5);

test.serial('a layer without batch normalisation is a product, a bias and ReLU', (t) => {
  const layer = { weight: tf.tensor2d([1, -1, 2, 0.5], [2, 2]), bias: tf.tensor2d([0.5, 1], [1, 2]) };
  const { active, normalized } = forwardLayer(layer, tf.tensor2d([1, 2, -3, 1], [2, 2]));
  // [1, 2] and [−3, 1] give [5, 0] and [−1, 3.5] before the bias.
  t.deepEqual([...active.dataSync()], [5.5, 1, 0, 4.5]);
  t.is(normalized, undefined);
});

test.serial('batch normalisation is by the mean and the biased variance of the batch', (t) => {
  const layer = {
    weight: tf.tensor2d([1], [1, 1]),
    bias: tf.tensor2d([1], [1, 1]),
    gain: tf.tensor2d([2], [1, 1]),
  };
  const { active, normalized } = forwardLayer(layer, tf.tensor2d([1, 2, 6], [3, 1]));
  t.true(near(normalized!.statistics.mean, [3]));
  t.true(near(normalized!.statistics.variance, [14 / 3]));
  // PyTorch adds 1e-5 to the variance.
  const deviation = Math.sqrt(14 / 3 + 1e-5);
  t.true(near(active, [0, Math.max(0, 1 - 2 / deviation), 1 + 6 / deviation]));
});

test.serial('sums over rows and products with a transposed matrix are those by hand', (t) => {
  const matrix = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
  t.deepEqual([...columnSum(matrix).dataSync()], [9, 12]);
  t.deepEqual([...weightGradient(matrix, tf.tensor2d([1, 0, -1], [3, 1])).dataSync()], [-4, -4]);
});
