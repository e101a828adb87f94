import type { Shape } from '../../network/graph.js';
import type { NodeWriter } from '../../onnx/node-writer.js';

/** Where the operators of a gradient are written, and what they may know. */
export interface GradientContext {
  readonly writer: NodeWriter;
  /** Images a step. */
  readonly batchSize: number;
  /** Shape of a value of the network, without the batch. */
  shapeOf(value: string): Shape;
  /** Whether anything that is learned stands before a value: only then is its gradient of use. */
  isLearned(value: string): boolean;
}

/** Gradients of the loss by what a node reads, names of ONNX values. */
export interface Gradients {
  /** By the network's values; without those before which nothing is learned. */
  readonly inputs: readonly (readonly [value: string, gradient: string])[];
  /** By the network's parameters; each has its parameter's shape. */
  readonly parameters?: readonly (readonly [parameter: string, gradient: string])[];
}

/** Shape of a value of the network, batch and all. */
export function dimensionsOf({ batchSize, shapeOf }: GradientContext, value: string): readonly number[] {
  return [batchSize, ...shapeOf(value)];
}
