/**
 * Elements of an array whose first axis runs fastest (Fortran's order) in the order in which its last axis does (C's).
 *
 * @param values as many as the shape has elements.
 */
export function rowMajor(values: Float32Array, shape: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  const data = new Float32Array(values.length);
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
