import { elementCount } from '../../../../network/tensor.js';
import { isShape } from '../../constant.js';
import { listed } from '../../listed.js';
import type { Operation } from '../../operation.js';
import { type Constant, timesImages } from '../../values.js';

/** A size where there is one image: constants do not depend on the batch. */
export function forOneImage(size: number): number {
  return timesImages(size) ?? size;
}

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
      `gives ${data.length} numbers the shape ${listed(shape)}; export the model again`,
    );
  }
  return constant(operation, shape, data, isInteger);
}

/** @throws CascadeError if it is no shape, or one of more numbers than are left to be made. */
export function checkSize(operation: Operation, shape: readonly number[]): void {
  if (!isShape(shape)) {
    throw operation.refusal(`makes a constant of the shape ${listed(shape)}; export the model again`);
  }
  operation.makes(elementCount(shape));
}
