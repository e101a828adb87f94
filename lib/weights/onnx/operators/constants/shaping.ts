import { elementCount } from '../../../../network/tensor.js';
import { transposed } from '../../../pytorch/strided.js';
import { listed } from '../../listed.js';
import type { Operation } from '../../operation.js';
import type { Constant } from '../../values.js';
import { constant, forOneImage, withShape } from './make-constant.js';

/** Reshape. */
export function reshape(operation: Operation): Constant {
  const source = operation.constant(0);
  const wanted = (operation.indices('shape', 1) ?? []).map((size, axis) =>
    size === 0 ? (source.shape[axis] ?? 0) : forOneImage(size),
  );
  const known = elementCount(wanted.filter((size) => size !== -1));
  return withShape(
    operation,
    source,
    wanted.map((size) => (size === -1 ? source.data.length / known : size)),
  );
}

/** Squeeze. */
export function squeeze(operation: Operation): Constant {
  const source = operation.constant(0);
  const axes = operation.axes('axes', 1, source.shape.length);
  const isKept = (size: number, axis: number): boolean =>
    axes === undefined ? size !== 1 : !axes.includes(axis);
  return withShape(operation, source, source.shape.filter(isKept));
}

/** Unsqueeze. */
export function unsqueeze(operation: Operation): Constant {
  const source = operation.constant(0);
  const added = operation.indices('axes', 1) ?? [];
  const shape = [...source.shape];
  const axes = added.map((axis) => operation.axis(axis, shape.length + added.length));
  for (const axis of axes.sort((a, b) => a - b)) shape.splice(axis, 0, 1);
  return withShape(operation, source, shape);
}

/** Transpose. */
export function transpose(operation: Operation): Constant {
  const source = operation.constant(0);
  const rank = source.shape.length;
  const order = operation.integers('perm') ?? source.shape.map((_, axis) => rank - 1 - axis);
  if ([...order].sort((a, b) => a - b).join() !== [...source.shape.keys()].join()) {
    throw operation.refusal(`puts ${rank} axes into the order ${listed(order)}; get the file again`);
  }
  const { shape, data } = transposed(source, order);
  return constant(operation, shape, data, source.isInteger);
}
