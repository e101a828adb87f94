import { elementCount } from '../../../../network/tensor.js';
import { gathered, rowMajorStrides } from '../../../pytorch/strided.js';
import type { Operation } from '../../operation.js';
import type { Constant } from '../../values.js';
import { broadcast, broadcastShape } from './broadcast.js';
import { checkSize, constant } from './make-constant.js';

/** Gather. */
export function gather(operation: Operation): Constant {
  const source = operation.constant(0);
  const indices = operation.constant(1);
  const axis = operation.axis(operation.integer('axis', 0), source.shape.length);
  const size = source.shape[axis]!;
  const shape = [...source.shape.slice(0, axis), ...indices.shape, ...source.shape.slice(axis + 1)];
  checkSize(operation, shape);
  const inner = elementCount(source.shape.slice(axis + 1));
  const data = new Float32Array(elementCount(shape));
  const places = [...indices.data].map((index) => operation.axis(index, size));
  for (let block = 0, to = 0; to < data.length; block++) {
    for (const place of places) {
      const from = (block * size + place) * inner;
      // No `set`, since there may be millions of a few numbers each.
      for (let offset = 0; offset < inner; offset++) data[to + offset] = source.data[from + offset]!;
      to += inner;
    }
  }
  return constant(operation, shape, data, source.isInteger);
}

/** Slice. */
export function slice(operation: Operation): Constant {
  const { shape: sizes, data, isInteger } = operation.constant(0);
  const starts = operation.indices('starts', 1) ?? [];
  const ends = operation.indices('ends', 2) ?? [];
  const axes = operation.axes('axes', 3, sizes.length) ?? starts.map((_, axis) => axis);
  const steps = operation.indices('steps', 4) ?? axes.map(() => 1);
  const shape = [...sizes];
  const strides = [...rowMajorStrides(sizes)];
  let offset = 0;
  axes.forEach((axis, index) => {
    const size = sizes[axis]!;
    const step = steps[index]!;
    // Before the first and behind the last place that a walk in this direction can stand at.
    const [lowest, highest] = step > 0 ? [0, size] : [-1, size - 1];
    const within = (place: number): number =>
      Math.min(highest, Math.max(lowest, place < 0 ? place + size : place));
    const [start, end] = [within(starts[index]!), within(ends[index]!)];
    const count = Math.ceil((end - start) / step);
    if (!(step !== 0 && Number.isFinite(count))) {
      throw operation.refusal('slices by what is not known before there are images; get the file again');
    }
    shape[axis] = Math.max(0, count);
    offset += start * strides[axis]!;
    strides[axis]! *= step;
  });
  checkSize(operation, shape);
  return constant(operation, shape, gathered(data, shape, strides, offset), isInteger);
}

/** Where: of two constants the first's numbers where the condition is not 0. */
export function where(operation: Operation): Constant {
  const parts = [0, 1, 2].map((index) => operation.constant(index));
  const shape = parts.reduce<readonly number[]>(
    (sizes, part) => broadcastShape(operation, sizes, part.shape),
    [],
  );
  checkSize(operation, shape);
  // All three are spread to that size first.
  operation.makes(3 * elementCount(shape));
  const [condition, yes, no] = parts.map((part) => broadcast(part, shape)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  return constant(
    operation,
    shape,
    yes.map((value, index) => (condition[index] === 0 ? no[index]! : value)),
    parts[1]!.isInteger,
  );
}

/** Concat. */
export function concat(operation: Operation): Constant {
  const parts = operation.operands.map((_, index) => operation.constant(index));
  const [first] = parts;
  if (first === undefined) throw operation.refusal('joins nothing; get the file again');
  const axis = operation.axis(operation.integer('axis', 0), first.shape.length);
  const others = (shape: readonly number[]): string => shape.toSpliced(axis, 1, 0).join();
  if (parts.some(({ shape }) => others(shape) !== others(first.shape))) {
    throw operation.refusal('joins constants of shapes that do not fit; get the file again');
  }
  const shape = first.shape.with(
    axis,
    parts.reduce((sum, part) => sum + part.shape[axis]!, 0),
  );
  checkSize(operation, shape);
  const data = new Float32Array(elementCount(shape));
  const outer = elementCount(shape.slice(0, axis));
  for (let block = 0, to = 0; to < data.length; block++) {
    for (const part of parts) {
      const length = part.data.length / outer;
      data.set(part.data.subarray(block * length, (block + 1) * length), to);
      to += length;
    }
  }
  return constant(operation, shape, data, first.isInteger);
}
