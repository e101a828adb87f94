import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * Computes a node's value from those it reads. Feature maps are `[images, rows, columns, channels]`, the only layout that
 * TensorFlow.js's backends have in common; vectors are `[images, features]`.
 */
export type Operator = (...inputs: readonly Tensor[]) => Tensor;
