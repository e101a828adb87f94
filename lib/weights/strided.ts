import { elementCount, type Tensor } from '../network/tensor.js';

/** For each axis, how many elements apart two neighbours lie in row-major order. */
export function rowMajorStrides(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
}

/** Elements that lie `strides` apart, from the first, in row-major order. */
export function gathered(
  values: Float32Array,
  shape: readonly number[],
  strides: readonly number[],
): Float32Array {
  const data = new Float32Array(elementCount(shape));
  const index = shape.map(() => 0);
  for (let position = 0, from = 0; position < data.length; position++) {
    data[position] = values[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= shape[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return data;
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
