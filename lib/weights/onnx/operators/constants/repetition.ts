import { elementCount } from '../../../../network/tensor.js';
import type { Operation } from '../../operation.js';
import type { Constant } from '../../values.js';
import { broadcast, broadcastShape } from './broadcast.js';
import { checkSize, constant, forOneImage } from './make-constant.js';

/** Expand. */
export function expand(operation: Operation): Constant {
  const source = operation.constant(0);
  const wanted = (operation.indices('shape', 1) ?? []).map(forOneImage);
  const shape = broadcastShape(operation, source.shape, wanted);
  checkSize(operation, shape);
  return constant(operation, shape, broadcast(source, shape), source.isInteger);
}

/** Tile. */
export function tile(operation: Operation): Constant {
  const source = operation.constant(0);
  const repeats = (operation.indices('repeats', 1) ?? []).map(forOneImage);
  if (repeats.length !== source.shape.length) {
    throw operation.refusal(
      `repeats ${source.shape.length} axes by ${repeats.length} numbers; export the model again`,
    );
  }
  const shape = source.shape.map((size, axis) => size * repeats[axis]!);
  checkSize(operation, shape);
  // Each axis as two, repetitions before places, of which broadcasting fills the first.
  const parted = source.shape.flatMap((size) => [1, size]);
  const spread = source.shape.flatMap((size, axis) => [repeats[axis]!, size]);
  const data =
    elementCount(shape) === 0 ? new Float32Array() : broadcast({ shape: parted, data: source.data }, spread);
  return constant(operation, shape, data, source.isInteger);
}
