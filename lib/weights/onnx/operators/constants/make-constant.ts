import { elementCount } from '../../../../network/tensor.js';
import type { Operation } from '../../operation.js';
import type { Constant } from '../../values.js';

/** Most numbers that an operator may make out of fewer; more is asked for by no network but by a damaged file. */
const MOST_ELEMENTS = 2 ** 20;

/** A batch among sizes, which no constant depends on: constants hold for one image. */
export const ONE_IMAGE = 1;

/** What an operation makes of constants alone. */
export function constant(
  operation: Operation,
  shape: readonly number[],
  data: Float32Array,
  isInteger: boolean,
): Constant {
  return { kind: 'constant', name: operation.output, shape, data, isInteger };
}

/** The same numbers in a shape of as many. @throws CascadeError if it is one of more or fewer. */
export function withShape(
  operation: Operation,
  { data, isInteger }: Constant,
  shape: readonly number[],
): Constant {
  if (!isShape(shape) || elementCount(shape) !== data.length) {
    throw operation.refusal(
      `gives ${data.length} numbers the shape [${shape.join(', ')}]; get the file again`,
    );
  }
  return constant(operation, shape, data, isInteger);
}

/** @throws CascadeError if no honest network makes a constant of this shape. */
export function checkSize(operation: Operation, shape: readonly number[]): void {
  if (!isShape(shape) || !(elementCount(shape) <= MOST_ELEMENTS)) {
    throw operation.refusal(`makes a constant of the shape [${shape.join(', ')}]; get the file again`);
  }
}

function isShape(shape: readonly number[]): boolean {
  return shape.every((size) => Number.isSafeInteger(size) && size >= 0);
}
