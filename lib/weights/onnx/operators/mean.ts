import { elementCount } from '../../../network/tensor.js';
import { listed } from '../listed.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import { type Activation, fileShape, type ImageValue, type Movable, type PoolingValue } from '../values.js';
import { type AxisGroups, groupsOf, imageOf } from './axis-groups.js';
import { scaledBy } from './scale.js';

/** GlobalAveragePool. */
export function globalAveragePool(operation: Operation, builder: NetworkBuilder): Activation {
  const value = operation.activation(0);
  // A mean over pixels that were averaged before.
  if (value.kind === 'vector' && value.shape.length === 3 && value.shape[0] === value.features) return value;
  return meanOverPixels(operation, builder, operation.image(0), [[0], [], []], 1);
}

/** ReduceMean over height and width: together, joined in one axis, or one after the other. */
export function reduceMean(operation: Operation, builder: NetworkBuilder): Movable {
  return reduced(operation, builder, false);
}

/** ReduceSum likewise, which is as many times the mean as there are pixels. */
export function reduceSum(operation: Operation, builder: NetworkBuilder): Movable {
  return reduced(operation, builder, true);
}

function reduced(operation: Operation, builder: NetworkBuilder, isSum: boolean): Movable {
  const moved = operation.movable(0);
  const value = moved.kind === 'pooling' ? moved : operation.activation(0);
  const sizes = fileShape(value);
  const axes = operation.axes('axes', 1, sizes.length + 1) ?? [];
  const isReduced = (place: number): boolean => axes.includes(place + 1);
  const isKept = operation.integer('keepdims', 1) !== 0;
  const isEmpty = axes.length === 0 || axes.includes(0);
  if (value.kind === 'vector') {
    if (isEmpty || sizes.some((size, place) => isReduced(place) && size !== 1))
      throw refusal(operation, axes);
    return { ...value, shape: isKept ? sizes : sizes.filter((_, place) => !isReduced(place)) };
  }
  const groups = groupsOf(value);
  if (isEmpty || groups.some((group, place) => isReduced(place) && group.includes(0))) {
    throw refusal(operation, axes);
  }
  const left = groups.map((group, place) => (isReduced(place) ? undefined : group));
  const rest = left.flatMap((group) => (group ? [group] : isKept ? [[]] : []));
  const summed = elementCount(sizes.filter((_, place) => isReduced(place)));
  const factor = (value.kind === 'pooling' ? value.factor : 1) * (isSum ? summed : 1);
  const image = imageOf(value);
  const isDone = rest.flat().every((axis) => axis === 0 || image.shape[axis] === 1);
  return isDone
    ? meanOverPixels(operation, builder, image, rest, factor)
    : ({ kind: 'pooling', image, axes: rest, factor } satisfies PoolingValue);
}

function refusal(operation: Operation, axes: readonly number[]): Error {
  return operation.refusal(
    `reduces the axes ${listed(axes)}, where cascade only takes means over height and width`,
  );
}

function meanOverPixels(
  operation: Operation,
  builder: NetworkBuilder,
  { name: input, shape: [features] }: ImageValue,
  groups: AxisGroups,
  factor: number,
): Activation {
  const { output } = operation;
  const name = factor === 1 ? output : `${output}/mean`;
  builder.add(operation, { kind: 'global-average-pool', name, input });
  const shape = groups.map((group) => (group.includes(0) ? features : 1));
  const mean = { kind: 'vector', name, features, shape } as const;
  return factor === 1 ? mean : scaledBy(operation, builder, mean, new Float32Array(features).fill(factor));
}
