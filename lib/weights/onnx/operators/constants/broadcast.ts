import type { Tensor } from '../../../../network/tensor.js';
import { gathered, rowMajorStrides } from '../../../pytorch/strided.js';
import { listed } from '../../listed.js';
import type { Operation } from '../../operation.js';

/**
 * The shape that two shapes are repeated to where both stand in one operator: axes that lack in front have size one.
 *
 * @throws CascadeError if two sizes other than one meet.
 */
export function broadcastShape(
  operation: Operation,
  first: readonly number[],
  second: readonly number[],
): readonly number[] {
  const rank = Math.max(first.length, second.length);
  const [left, right] = [filledUp(first, rank), filledUp(second, rank)];
  const shape = left.map((size, axis) => (size === 1 ? right[axis]! : size));
  if (right.every((size, axis) => size === 1 || size === shape[axis])) return shape;
  throw operation.refusal(
    `combines constants of the shapes ${listed(first)} and ${listed(second)}; export the model again`,
  );
}

/** A constant's numbers, repeated to a shape that it can be broadcast to. */
export function broadcast({ shape: own, data }: Tensor, shape: readonly number[]): Float32Array {
  const sizes = filledUp(own, shape.length);
  const strides = rowMajorStrides(sizes);
  return gathered(
    data,
    shape,
    strides.map((stride, axis) => (sizes[axis] === 1 ? 0 : stride)),
  );
}

function filledUp(shape: readonly number[], rank: number): readonly number[] {
  return [...new Array<number>(rank - shape.length).fill(1), ...shape];
}
