import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import type { Value } from '../values.js';
import { asInFile } from './as-in-file.js';
import { emit, type Made, madeValue } from './emit.js';
import { within32 } from './whole-numbers.js';

/** Slice along any axes but that of the images, of which all must stay. */
export function slice(operation: Operation, builder: NetworkBuilder): Value {
  const name = asInFile(operation, builder, operation.operand(0));
  const { sizes, axis: images } = builder.batchedShape(name)!;
  const starts = operation.indices('starts', 1) ?? [];
  const ends = operation.indices('ends', 2) ?? [];
  const axes = operation.axes('axes', 3, sizes.length) ?? starts.map((_, axis) => axis);
  const steps = operation.indices('steps', 4) ?? axes.map(() => 1);
  const parts = axes.map((axis, index) => [starts[index]!, ends[index]!, axis, steps[index]!] as const);
  const isWhole = ([start, end, axis, step]: (typeof parts)[number]): boolean =>
    start === 0 && step === 1 && end >= (axis === images ? 2 ** 31 - 1 : sizes[axis]!);
  const taken = parts.filter((part) => !isWhole(part));
  return taken.length === 0 ? madeValue(builder, name) : emitSlice(operation, builder, name, taken);
}

/** Split: the part of the node's results that is asked for. */
export function split(operation: Operation, builder: NetworkBuilder): Made {
  const name = asInFile(operation, builder, operation.operand(0));
  const { sizes } = builder.batchedShape(name)!;
  const axis = operation.axis(operation.integer('axis', 0), sizes.length);
  const { length: count } = operation.node.output;
  const length = Math.ceil(sizes[axis]! / count);
  const lengths = operation.indices('split', 1) ?? new Array<number>(count).fill(length);
  const start = lengths.slice(0, operation.part).reduce((sum, each) => sum + each, 0);
  return emitSlice(operation, builder, name, [[start, start + (lengths[operation.part] ?? 0), axis, 1]]);
}

/** @param parts of each axis that is not taken whole: start, end, axis and step. */
function emitSlice(
  operation: Operation,
  builder: NetworkBuilder,
  input: string,
  parts: readonly (readonly [number, number, number, number])[],
): Made {
  const lists = [0, 1, 2, 3].map((place) => ({ integers: parts.map((part) => within32(part[place]!)) }));
  return madeValue(builder, emit(operation, builder, operation.output, 'Slice', [input, ...lists]));
}
