import { elementCount } from '../../../../network/tensor.js';
import type { Operation } from '../../operation.js';
import type { Constant } from '../../values.js';
import { checkSize, constant } from './make-constant.js';

/** Most products that are computed while a file is read: a second's work. */
const MOST_PRODUCTS = 2 ** 29;

/** MatMul of constants, such as the query of an attention that is learned, by one matrix. */
export function matrixProduct(operation: Operation): Constant {
  const [first, matrix] = [operation.constant(0), operation.constant(1)];
  const [inner, columns] = matrix.shape as [number, number];
  if (matrix.shape.length !== 2 || first.shape.at(-1) !== inner)
    throw operation.refusal(
      'multiplies constants otherwise than by one matrix, which cascade does not do; fold constants first, e.g. with onnxsim',
    );
  const shape = first.shape.with(-1, columns);
  checkSize(operation, shape);
  const data = new Float32Array(elementCount(shape));
  if (data.length * inner > MOST_PRODUCTS)
    throw operation.refusal(
      'multiplies large constants, which cascade does not do; fold constants first, e.g. with onnxsim',
    );
  operation.makes(data.length);
  for (let index = 0; index < data.length; index++) {
    const [row, column] = [Math.floor(index / columns), index % columns];
    let sum = 0;
    for (let place = 0; place < inner; place++)
      sum += first.data[row * inner + place]! * matrix.data[place * columns + column]!;
    data[index] = sum;
  }
  return constant(operation, shape, data, first.isInteger);
}
