import { elementCount } from '../../../../network/tensor.js';
import { isFloat } from '../../constant.js';
import type { Operation } from '../../operation.js';
import type { Constant } from '../../values.js';
import { checkSize, constant, ONE_IMAGE } from './make-constant.js';

/** Constant. */
export function written(operation: Operation): Constant {
  const tensor = operation.tensor('value');
  if (tensor !== undefined) return tensor;
  for (const [single, several, isInteger] of [
    ['value_float', 'value_floats', false],
    ['value_int', 'value_ints', true],
  ] as const) {
    if (operation.has(single)) {
      const value = isInteger ? operation.integer(single, 0) : operation.real(single, 0);
      return constant(operation, [], Float32Array.of(value), isInteger);
    }
    const values = isInteger ? operation.integers(several) : operation.reals(several);
    if (values !== undefined)
      return constant(operation, [values.length], Float32Array.from(values), isInteger);
  }
  throw operation.refusal('holds something else than numbers, which cascade does not read');
}

/** ConstantOfShape. */
export function filled(operation: Operation): Constant {
  const shape = [...operation.constant(0).data].map((size) => (Number.isNaN(size) ? ONE_IMAGE : size));
  checkSize(operation, shape);
  const filling = operation.tensor('value');
  const data = new Float32Array(elementCount(shape)).fill(filling?.data[0] ?? 0);
  return constant(operation, shape, data, filling?.isInteger ?? false);
}

/** Cast. */
export function cast(operation: Operation): Constant {
  const { shape, data, isInteger } = operation.constant(0);
  const toInteger = !isFloat(operation.integer('to', 0));
  return constant(operation, shape, toInteger && !isInteger ? data.map(Math.trunc) : data, toInteger);
}
