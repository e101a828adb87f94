import { elementCount } from '../../../../network/tensor.js';
import { rowMajorStrides } from '../../../pytorch/strided.js';
import type { Operation } from '../../operation.js';
import type { Constant } from '../../values.js';
import { constant } from './make-constant.js';

/** ScatterND: some parts of a constant replaced, as the masks of shifted windows are written. */
export function scattered(operation: Operation): Constant {
  const [source, places, parts] = [0, 1, 2].map((index) => operation.constant(index)) as [
    Constant,
    Constant,
    Constant,
  ];
  const depth = places.shape.at(-1) ?? 0;
  const part = elementCount(source.shape.slice(depth));
  const count = elementCount(places.shape.slice(0, -1));
  const isPlain = operation.text('reduction', 'none') === 'none';
  if (!isPlain || depth < 1 || depth > source.shape.length || parts.data.length !== count * part)
    throw operation.refusal('puts parts into a constant that do not fit it; export the model again');
  const strides = rowMajorStrides(source.shape);
  const data = source.data.slice();
  for (let index = 0; index < count; index++) {
    let start = 0;
    for (let axis = 0; axis < depth; axis++)
      start += operation.axis(places.data[index * depth + axis]!, source.shape[axis]!) * strides[axis]!;
    data.set(parts.data.subarray(index * part, (index + 1) * part), start);
  }
  return constant(operation, source.shape, data, source.isInteger);
}
