import { elementCount } from '../../../../network/tensor.js';
import type { Operation } from '../../operation.js';
import { type Constant, IMAGES, timesImages } from '../../values.js';
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
  return combined(operation, (a, b) => (isSameKind(a, b) ? a + b : Number.NaN));
}

/** Sub. */
export function difference(operation: Operation): Constant {
  return combined(operation, (a, b) => (isSameKind(a, b) ? a - b : Number.NaN));
}

/** Mul. */
export function elementwiseProduct(operation: Operation): Constant {
  return combined(operation, (a, b) => a * b);
}

/** Div, which cuts the fraction off between integers. */
export function quotient(operation: Operation): Constant {
  const { isInteger } = operation.constant(0);
  return combined(operation, isInteger ? wholeQuotient : (a, b) => a / b);
}

/** A quotient of numbers of images only where it is one again. */
function wholeQuotient(a: number, b: number): number {
  const quotient = Math.trunc(a / b);
  const isKnown =
    b < IMAGES ? a < IMAGES || timesImages(quotient) !== undefined : timesImages(a) !== undefined;
  return isKnown ? quotient : Number.NaN;
}

/** Whether both numbers depend on the number of images or neither: else a sum would be rounded to one of them. */
function isSameKind(a: number, b: number): boolean {
  return a < IMAGES === b < IMAGES || a === 0 || b === 0;
}

/** Mod, with the sign of the divisor, or of the dividend where the node says so. */
export function modulo(operation: Operation): Constant {
  const followsDividend = operation.integer('fmod', 0) !== 0;
  return combined(operation, (a, b) => (followsDividend ? a % b : ((a % b) + b) % b));
}

/** A function of two numbers that says yes (1) or no (0). */
export function comparison(compare: (a: number, b: number) => boolean): (operation: Operation) => Constant {
  return (operation) => ({ ...combined(operation, (a, b) => Number(compare(a, b))), isInteger: true });
}

/** A function of every number. */
export function mapped(map: (value: number) => number): (operation: Operation) => Constant {
  return (operation) => {
    const { shape, data, isInteger } = operation.constant(0);
    operation.makes(data.length);
    return constant(operation, shape, data.map(map), isInteger);
  };
}

/** Element by element, by the rules of broadcasting. */
export function combined(operation: Operation, combine: (a: number, b: number) => number): Constant {
  const [first, second] = [operation.constant(0), operation.constant(1)];
  const shape = broadcastShape(operation, first.shape, second.shape);
  checkSize(operation, shape);
  // Both operands are spread to that size first.
  operation.makes(2 * elementCount(shape));
  const others = broadcast(second, shape);
  const data = broadcast(first, shape).map((value, index) => combine(value, others[index]!));
  return constant(operation, shape, data, first.isInteger);
}
