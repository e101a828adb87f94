import { elementCount } from '../../../network/tensor.js';
import { gathered, rowMajorStrides, transposed } from '../../strided.js';
import { isFloat } from '../constant.js';
import type { Operation } from '../operation.js';
import type { Constant } from '../values.js';
import { shapeOf } from './layout.js';

/** Most numbers that an operator may make out of fewer; more is asked for by no network but by a damaged file. */
const MOST_ELEMENTS = 2 ** 20;

/** A batch among sizes, which no constant depends on: constants hold for one image. */
const ONE_IMAGE = 1;

type Evaluate = (operation: Operation) => Constant;

/** Operators whose operands are all constants: arithmetic of shapes, and weights in another order. */
export const CONSTANT_OPERATORS: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['Constant', written],
  ['ConstantOfShape', filled],
  ['Identity', (operation) => operation.constant(0)],
  ['Dropout', (operation) => operation.constant(0)],
  ['Cast', cast],
  ['Shape', shapeOf],
  ['Gather', gather],
  ['Slice', slice],
  ['Concat', concat],
  ['Reshape', reshape],
  ['Squeeze', squeeze],
  ['Unsqueeze', unsqueeze],
  ['Transpose', transpose],
  ['ReduceProd', product],
  ['Add', (operation) => combined(operation, (a, b) => a + b)],
  ['Sub', (operation) => combined(operation, (a, b) => a - b)],
  ['Mul', (operation) => combined(operation, (a, b) => a * b)],
  ['Div', (operation) => combined(operation, divisionOf(operation))],
]);

function constant(
  operation: Operation,
  shape: readonly number[],
  data: Float32Array,
  isInteger: boolean,
): Constant {
  return { kind: 'constant', name: operation.output, shape, data, isInteger };
}

/** The same numbers in a shape of as many. */
function withShape(operation: Operation, { data, isInteger }: Constant, shape: readonly number[]): Constant {
  if (!isShape(shape) || elementCount(shape) !== data.length) {
    throw operation.refusal(
      `gives ${data.length} numbers the shape [${shape.join(', ')}]; get the file again`,
    );
  }
  return constant(operation, shape, data, isInteger);
}

function isShape(shape: readonly number[]): boolean {
  return shape.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function checkSize(operation: Operation, shape: readonly number[]): void {
  if (!isShape(shape) || !(elementCount(shape) <= MOST_ELEMENTS)) {
    throw operation.refusal(`makes a constant of the shape [${shape.join(', ')}]; get the file again`);
  }
}

function written(operation: Operation): Constant {
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

function filled(operation: Operation): Constant {
  const shape = [...operation.constant(0).data].map((size) => (Number.isNaN(size) ? ONE_IMAGE : size));
  checkSize(operation, shape);
  const filling = operation.tensor('value');
  const data = new Float32Array(elementCount(shape)).fill(filling?.data[0] ?? 0);
  return constant(operation, shape, data, filling?.isInteger ?? false);
}

function cast(operation: Operation): Constant {
  const { shape, data, isInteger } = operation.constant(0);
  const toInteger = !isFloat(operation.integer('to', 0));
  return constant(operation, shape, toInteger && !isInteger ? data.map(Math.trunc) : data, toInteger);
}

function gather(operation: Operation): Constant {
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
      data.set(source.data.subarray(from, from + inner), to);
      to += inner;
    }
  }
  return constant(operation, shape, data, source.isInteger);
}

function slice(operation: Operation): Constant {
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

function concat(operation: Operation): Constant {
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

function reshape(operation: Operation): Constant {
  const source = operation.constant(0);
  const wanted = (operation.indices('shape', 1) ?? []).map((size, axis) =>
    size === 0 ? (source.shape[axis] ?? 0) : Number.isNaN(size) ? ONE_IMAGE : size,
  );
  const known = elementCount(wanted.filter((size) => size !== -1));
  return withShape(
    operation,
    source,
    wanted.map((size) => (size === -1 ? source.data.length / known : size)),
  );
}

function squeeze(operation: Operation): Constant {
  const source = operation.constant(0);
  const axes = operation.axes('axes', 1, source.shape.length);
  const isKept = (size: number, axis: number): boolean =>
    axes === undefined ? size !== 1 : !axes.includes(axis);
  return withShape(operation, source, source.shape.filter(isKept));
}

function unsqueeze(operation: Operation): Constant {
  const source = operation.constant(0);
  const added = operation.indices('axes', 1) ?? [];
  const shape = [...source.shape];
  const axes = added.map((axis) => operation.axis(axis, shape.length + added.length));
  for (const axis of axes.sort((a, b) => a - b)) shape.splice(axis, 0, 1);
  return withShape(operation, source, shape);
}

function transpose(operation: Operation): Constant {
  const source = operation.constant(0);
  const rank = source.shape.length;
  const order = operation.integers('perm') ?? source.shape.map((_, axis) => rank - 1 - axis);
  if ([...order].sort((a, b) => a - b).join() !== [...source.shape.keys()].join()) {
    throw operation.refusal(`puts ${rank} axes into the order [${order.join(', ')}]; get the file again`);
  }
  const { shape, data } = transposed(source, order);
  return constant(operation, shape, data, source.isInteger);
}

/** ReduceProd of a list. */
function product(operation: Operation): Constant {
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

function divisionOf(operation: Operation): (a: number, b: number) => number {
  return operation.constant(0).isInteger ? (a, b) => Math.trunc(a / b) : (a, b) => a / b;
}

/** Element by element, by the rules of broadcasting. */
function combined(operation: Operation, combine: (a: number, b: number) => number): Constant {
  const [first, second] = [operation.constant(0), operation.constant(1)];
  const rank = Math.max(first.shape.length, second.shape.length);
  const filledUp = ({ shape }: Constant): readonly number[] => [
    ...new Array<number>(rank - shape.length).fill(1),
    ...shape,
  ];
  const [left, right] = [filledUp(first), filledUp(second)];
  const shape = left.map((size, axis) => (size === 1 ? right[axis]! : size));
  if (!right.every((size, axis) => size === 1 || size === shape[axis])) {
    throw operation.refusal(
      `combines constants of the shapes [${first.shape.join(', ')}] and [${second.shape.join(', ')}]; get the file again`,
    );
  }
  checkSize(operation, shape);
  const spread = ({ data }: Constant, sizes: readonly number[]): Float32Array => {
    const strides = rowMajorStrides(sizes);
    return gathered(
      data,
      shape,
      strides.map((stride, axis) => (sizes[axis] === 1 ? 0 : stride)),
    );
  };
  const others = spread(second, right);
  const data = spread(first, left).map((value, index) => combine(value, others[index]!));
  return constant(operation, shape, data, first.isInteger);
}
