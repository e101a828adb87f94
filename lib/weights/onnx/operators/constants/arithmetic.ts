import { elementCount } from '../../../../network/tensor.js';
import type { Operation } from '../../operation.js';
import type { Constant } from '../../values.js';
import { broadcast, broadcastShape } from './broadcast.js';
import { checkSize, constant } from './make-constant.js';

/** ReduceProd of a list. */
export function product(operation: Operation): Constant {
  const { shape, data, isInteger } = operation.constant(0);
  if (shape.length > 1)
    throw operation.refusal('multiplies more than a list of numbers, which cascade does not do');
  const keeps = operation.integer('keepdims', 1) !== 0;
  return constant(
    operation,
    keeps ? shape.map(() => 1) : [],
    Float32Array.of(elementCount([...data])),
    isInteger,
  );
}

/** Add. */
export function sum(operation: Operation): Constant {
  return combined(operation, (a, b) => a + b);
}

/** Sub. */
export function difference(operation: Operation): Constant {
  return combined(operation, (a, b) => a - b);
}

/** Mul. */
export function elementwiseProduct(operation: Operation): Constant {
  return combined(operation, (a, b) => a * b);
}

/** Div, which cuts the fraction off between integers. */
export function quotient(operation: Operation): Constant {
  const { isInteger } = operation.constant(0);
  return combined(operation, isInteger ? (a, b) => Math.trunc(a / b) : (a, b) => a / b);
}

/** Element by element, by the rules of broadcasting. */
function combined(operation: Operation, combine: (a: number, b: number) => number): Constant {
  const [first, second] = [operation.constant(0), operation.constant(1)];
  const shape = broadcastShape(operation, first.shape, second.shape);
  checkSize(operation, shape);
  // Both operands are spread to that size first.
  operation.makes(2 * elementCount(shape));
  const others = broadcast(second, shape);
  const data = broadcast(first, shape).map((value, index) => combine(value, others[index]!));
  return constant(operation, shape, data, first.isInteger);
}
