import { elementCount } from '../../../../network/tensor.js';
import { isFloat } from '../../constant.js';
import type { Operation } from '../../operation.js';
import { type Constant, IMAGES } from '../../values.js';
import { checkSize, constant, forOneImage } from './make-constant.js';

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
  const shape = [...operation.constant(0).data].map(forOneImage);
  checkSize(operation, shape);
  const filling = operation.tensor('value');
  const data = new Float32Array(elementCount(shape)).fill(filling?.data[0] ?? 0);
  return constant(operation, shape, data, filling?.isInteger ?? false);
}

/** Range: from a number in steps to before another, also the numbers of the images of a batch. */
export function range(operation: Operation): Constant {
  const [start, limit, step] = [0, 1, 2].map((index) => operation.constant(index).data[0] ?? Number.NaN) as [
    number,
    number,
    number,
  ];
  const isOfImages = start === 0 && limit === IMAGES && step === 1;
  if (isOfImages) return { ...constant(operation, [1], new Float32Array(1), true), perImage: 1 };
  const length = Math.max(0, Math.ceil((limit - start) / step));
  checkSize(operation, [length]);
  const data = Float32Array.from({ length }, (_, index) => start + index * step);
  return constant(operation, [length], data, operation.constant(0).isInteger);
}

/** Cast. */
export function cast(operation: Operation): Constant {
  const { shape, data, isInteger } = operation.constant(0);
  const toInteger = !isFloat(operation.integer('to', 0));
  return constant(operation, shape, toInteger && !isInteger ? data.map(Math.trunc) : data, toInteger);
}
