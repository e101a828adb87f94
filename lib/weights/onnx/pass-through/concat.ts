import { elementCount, type Tensor } from '../../../network/tensor.js';
import { listed } from '../listed.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import type { Constant } from '../values.js';
import { asInFile } from './as-in-file.js';
import { emit, type Made, madeValue } from './emit.js';

/**
 * Concat of values and constants. Constants, such as the class token of a transformer, are the same for every image: what stands beside
 * them is padded with zeros, to which they are added.
 */
export function concat(operation: Operation, builder: NetworkBuilder): Made {
  const { output, operands } = operation;
  const values = operands.flatMap((operand, index) => (operand?.kind === 'constant' ? [] : [index]));
  const names = values.map((index) => asInFile(operation, builder, operation.operand(index)));
  const { length: rank } = builder.batchedShape(names[0]!)!.sizes;
  const axis = operation.axis(operation.integer('axis', 0), rank);
  const last = values.length - 1;
  const padded = names.map((name, place) => {
    // A value takes the constants behind it, and the first one those before it too.
    const before = place === 0 ? constantsBetween(operation, -1, values[0]!) : [];
    const after = constantsBetween(operation, values[place]!, values[place + 1] ?? operands.length);
    return withConstants(
      operation,
      builder,
      name,
      last === 0 ? output : `${output}/part-${place}`,
      axis,
      before,
      after,
    );
  });
  return madeValue(builder, padded.length === 1 ? padded[0]! : emitConcat(operation, builder, padded, axis));
}

function constantsBetween(operation: Operation, from: number, to: number): readonly Constant[] {
  return Array.from({ length: to - from - 1 }, (_, index) => operation.weight(from + 1 + index));
}

function withConstants(
  operation: Operation,
  builder: NetworkBuilder,
  input: string,
  name: string,
  axis: number,
  before: readonly Constant[],
  after: readonly Constant[],
): string {
  if (before.length + after.length === 0) return input;
  const { sizes, axis: images } = builder.batchedShape(input)!;
  for (const { shape } of [...before, ...after]) {
    const isBeside =
      shape.length === sizes.length && shape.every((size, each) => each === axis || size === sizes[each]);
    if (!isBeside || shape[images] !== 1)
      throw operation.refusal(
        `joins constants of ${listed(shape)} with values of ${listed(sizes)}; export the model again`,
      );
  }
  const length = (parts: readonly Constant[]): number =>
    parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const pads = new Array<number>(2 * sizes.length).fill(0);
  pads[axis] = length(before);
  pads[sizes.length + axis] = length(after);
  const padded = emit(operation, builder, `${name}/padded`, 'Pad', [input, { integers: pads }]);
  const zeros = { shape: sizes, data: new Float32Array(elementCount(sizes)) };
  operation.makes(elementCount(sizes));
  return emit(operation, builder, name, 'Add', [padded, joined([...before, zeros, ...after], axis)]);
}

/** Tensors side by side along an axis. */
function joined(parts: readonly Tensor[], axis: number): Tensor {
  const shape = parts[0]!.shape.with(
    axis,
    parts.reduce((sum, part) => sum + part.shape[axis]!, 0),
  );
  const data = new Float32Array(elementCount(shape));
  const outer = elementCount(shape.slice(0, axis));
  for (let block = 0, to = 0; block < outer; block++) {
    for (const part of parts) {
      const length = part.data.length / outer;
      data.set(part.data.subarray(block * length, (block + 1) * length), to);
      to += length;
    }
  }
  return { shape, data };
}

/** More values than are looked for among those that are joined already. */
const MOST_LOOKED_FOR = 256;

/**
 * Joins values. What another Concat has joined already is taken from there (the layers of a DenseNet): it is computed once, and
 * everything passes through it.
 */
function emitConcat(
  operation: Operation,
  builder: NetworkBuilder,
  names: readonly string[],
  axis: number,
): string {
  let parts = names;
  for (let count = Math.min(names.length - 1, MOST_LOOKED_FOR); count >= 2; count--) {
    const before = builder.joined(axis, names.slice(0, count));
    if (before === undefined) continue;
    parts = [before, ...names.slice(count)];
    break;
  }
  const name = emit(operation, builder, operation.output, 'Concat', parts, { axis });
  if (names.length <= MOST_LOOKED_FOR) builder.remember(axis, names, name);
  return name;
}
