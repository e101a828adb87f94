import type { NetworkBuilder } from './network-builder.js';
import type { Operation } from './operation.js';
import { convolution } from './operators/convolution.js';
import { add, batchNormalization, clip, div, mul, relu, sub, sumOf } from './operators/elementwise.js';
import { cast, dropout, identity, softmax } from './operators/inert.js';
import { flatten, reshape, shapeOf, slice, squeeze, transpose, unsqueeze } from './operators/layout.js';
import { gemm, matMul } from './operators/linear.js';
import { globalAveragePool, reduceMean, reduceSum } from './operators/mean.js';
import { concat, pad } from './operators/padding.js';
import { averagePool, globalMaxPool, maxPool } from './operators/pooling.js';
import type { Value } from './values.js';

/**
 * Turns one node of a file into nodes of the network, and says what value of the file they make.
 *
 * @throws CascadeError naming the node if the network's graph cannot express it.
 */
export type Translate = (operation: Operation, builder: NetworkBuilder) => Value;

/** The operators that may read a value which depends on the image, by their names in ONNX. */
export const OPERATORS: ReadonlyMap<string, Translate> = new Map<string, Translate>([
  ['Add', add],
  ['AveragePool', averagePool],
  ['BatchNormalization', batchNormalization],
  ['Cast', cast],
  ['Clip', clip],
  ['Concat', concat],
  ['Conv', convolution],
  ['Div', div],
  ['Dropout', dropout],
  ['Flatten', flatten],
  ['Gemm', gemm],
  ['GlobalAveragePool', globalAveragePool],
  ['GlobalMaxPool', globalMaxPool],
  ['Identity', identity],
  ['LogSoftmax', softmax],
  ['MatMul', matMul],
  ['MaxPool', maxPool],
  ['Mul', mul],
  ['Pad', pad],
  ['ReduceMean', reduceMean],
  ['ReduceSum', reduceSum],
  ['Relu', relu],
  ['Reshape', reshape],
  ['Shape', shapeOf],
  ['Slice', slice],
  ['Softmax', softmax],
  ['Squeeze', squeeze],
  ['Sub', sub],
  ['Sum', sumOf],
  ['Transpose', transpose],
  ['Unsqueeze', unsqueeze],
]);
