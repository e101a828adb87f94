import { elementCount, type Tensor } from '../../network/tensor.js';

/** For each axis, how many elements apart two neighbours lie in row-major order. */
export function rowMajorStrides(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
}

/**
 * Elements that lie `strides` apart, in row-major order.
 *
 * @param strides one an axis of `shape`, in elements of `values`; 0 repeats, below 0 goes backwards.
 * @param offset of the first element.
 */
export function gathered(
  values: Float32Array,
  shape: readonly number[],
  strides: readonly number[],
  offset = 0,
): Float32Array {
  const data = new Float32Array(elementCount(shape));
  visitStrided(shape, strides, offset, (position, from) => {
    data[position] = values[from]!;
  });
  return data;
}

/**
 * The same of elements of several bytes each.
 *
 * @param strides in elements.
 */
export function gatheredBytes(
  bytes: Uint8Array,
  elementBytes: number,
  shape: readonly number[],
  strides: readonly number[],
): Uint8Array {
  const data = new Uint8Array(elementCount(shape) * elementBytes);
  visitStrided(shape, strides, 0, (position, from) => {
    for (let byte = 0; byte < elementBytes; byte++) {
      data[position * elementBytes + byte] = bytes[from * elementBytes + byte]!;
    }
  });
  return data;
}

function visitStrided(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
  visit: (position: number, from: number) => void,
): void {
  const count = elementCount(shape);
  const index = shape.map(() => 0);
  for (let position = 0, from = offset; position < count; position++) {
    visit(position, from);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= shape[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
}

/** The tensor with its axes in another order: axis `i` of the result is `axes[i]` of the tensor (`numpy.transpose`). */
export function transposed({ shape, data }: Tensor, axes: readonly number[]): Tensor {
  const strides = rowMajorStrides(shape);
  const turned = axes.map((axis) => shape[axis]!);
  return {
    shape: turned,
    data: gathered(
      data,
      turned,
      axes.map((axis) => strides[axis]!),
    ),
  };
}
