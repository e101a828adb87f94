// Convolves on a native backend and in plain JavaScript; fails where they differ. Prints the library's version as JSON.
import * as tf from '@tensorflow/tfjs-core';
import { openBackend } from '../../dist/lib/engine/tensorflow/backend.js';
import { libraryVersion } from '../../dist/lib/engine/tensorflow/native-binding.js';

/** Sums of 72 products below 1 in another order differ by far less, and by more with one product wrong. */
const TOLERANCE = 1e-4;

const name = process.argv[2];

async function convolved(backend) {
  await openBackend(backend);
  const wave = (shape) =>
    tf.tensor(
      Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, index) => Math.sin(index)),
      shape,
    );
  return tf.conv2d(wave([2, 9, 9, 8]), wave([3, 3, 8, 4]), 1, 'same').dataSync();
}

const native = await convolved(name);
const plain = await convolved('cpu');
const difference = Math.max(...plain.map((value, index) => Math.abs(value - native[index])));
// Not "greater than": NaN must fail.
if (!(difference <= TOLERANCE))
  throw new Error(`The convolution differs from plain JavaScript's by ${difference}.`);
console.log(JSON.stringify({ version: libraryVersion(name) }));
