import { shapeOfOne } from '../../../network/operator/batched-shape.js';
import { elementCount } from '../../../network/tensor.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import {
  fileShape,
  type ImageValue,
  isChannelsFirst,
  type PoolingValue,
  type Value,
  type VectorValue,
} from '../values.js';
import { emit, emitReshape } from './emit.js';

/**
 * The name of a value that has the very shape and order of axes that the file gives it, put into it first where the network has others.
 *
 * @throws CascadeError if it is a constant, or made of whole numbers.
 */
export function asInFile(operation: Operation, builder: NetworkBuilder, value: Value): string {
  switch (value.kind) {
    case 'constant':
      throw operation.refusal(
        'reads a constant where cascade needs a value that depends on the image; fold constants first, e.g. with onnxsim',
      );
    case 'tensor':
      return value.name;
    case 'image':
      if (value.isWhole)
        throw operation.refusal(
          'computes with whole numbers, where cascade needs a Cast to real numbers first',
        );
      return withSoftmax(operation, builder, value, ordered(operation, builder, value));
    case 'vector':
      return withSoftmax(operation, builder, value, shapedVector(operation, builder, value));
    case 'pooling':
      return pooled(operation, builder, value);
  }
}

/** Adds a node once, whoever needs it. */
function once(builder: NetworkBuilder, name: string, make: (name: string) => string): string {
  return builder.batchedShape(name) === undefined ? make(name) : name;
}

function ordered(operation: Operation, builder: NetworkBuilder, value: ImageValue): string {
  if (isChannelsFirst(value)) return value.name;
  const perm = [0, ...value.axes.map((axis) => axis + 1)];
  return once(builder, `${value.name}/ordered-${perm.join('-')}`, (name) =>
    emit(operation, builder, name, 'Transpose', [value.name], { perm }),
  );
}

function shapedVector(operation: Operation, builder: NetworkBuilder, value: VectorValue): string {
  const flat = featuresInOrder(operation, builder, value);
  if (value.shape.length === 1) return flat;
  const sizes = [1, ...value.shape];
  return once(builder, `${flat}/shaped-${sizes.join('-')}`, (name) =>
    emitReshape(operation, builder, name, flat, { sizes, axis: 0 }),
  );
}

/** Features that were flattened with their channels last, put into that order. */
function featuresInOrder(
  operation: Operation,
  builder: NetworkBuilder,
  { name, order }: VectorValue,
): string {
  if (order === undefined || order.every((place, index) => place === index)) return name;
  operation.makes(order.length);
  const places = { integers: [...order], shape: [order.length] };
  return once(builder, `${name}/channels-last`, (ordered) =>
    emit(operation, builder, ordered, 'Gather', [name, places], { axis: 1 }),
  );
}

/** Rows and columns joined, or one of them averaged. */
function pooled(operation: Operation, builder: NetworkBuilder, value: PoolingValue): string {
  const { image, axes, factor } = value;
  const kept = axes.flat();
  const missing = image.axes.filter((axis) => !kept.includes(axis));
  let name = asInFile(operation, builder, { ...image, axes: [...kept, ...missing] });
  if (missing.length > 0) {
    const attributes = { axes: missing.map((_, index) => 1 + kept.length + index), keepdims: 0 };
    name = once(builder, `${name}/mean`, (mean) =>
      emit(operation, builder, mean, 'ReduceMean', [name], attributes),
    );
  }
  if (factor !== 1) {
    const times = { shape: [], data: Float32Array.of(factor) };
    name = once(builder, `${name}/times-${factor}`, (sum) =>
      emit(operation, builder, sum, 'Mul', [name, times]),
    );
  }
  const sizes = [1, ...axes.map((group) => elementCount(group.map((axis) => image.shape[axis]!)))];
  const { shape } = { shape: builder.batchedShape(name)! };
  if (shapeOfOne(shape).join() === sizes.slice(1).join()) return name;
  return once(builder, `${name}/joined-${sizes.join('-')}`, (joined) =>
    emitReshape(operation, builder, joined, name, { sizes, axis: 0 }),
  );
}

/** Behind the softmax that was left out in case it ended the network. */
function withSoftmax(
  operation: Operation,
  builder: NetworkBuilder,
  value: ImageValue | VectorValue,
  name: string,
): string {
  if (value.softmax === undefined) return name;
  const { operator } = value.softmax;
  const axis =
    1 +
    Math.max(
      0,
      fileShape(value).findIndex((size) => size !== 1),
    );
  return once(builder, `${name}/${operator}`, (softmax) =>
    emit(operation, builder, softmax, operator, [name], { axis }),
  );
}
