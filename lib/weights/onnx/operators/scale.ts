import type { Affine } from '../../../network/graph.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import type { Activation } from '../values.js';

/** Rounding of one product of float32. */
const ROUNDING = 2 ** -23;

/** A value times one number a channel, in the network's order. */
export function scaledBy(
  operation: Operation,
  builder: NetworkBuilder,
  value: Activation,
  scale: Float32Array,
): Activation {
  // What takes a product back, as the division of a sum by its count, which leaves the mean.
  const before = builder.node(value.name);
  if (before?.kind === 'affine' && isUndone(builder, before, scale)) return { ...value, name: before.input };
  return affine(operation, builder, value, scale, new Float32Array(scale.length));
}

/** A value times one number a channel, and another added to it, in the network's order. */
export function affine(
  operation: Operation,
  builder: NetworkBuilder,
  value: Activation,
  scale: Float32Array,
  shift: Float32Array,
): Activation {
  operation.makes(scale.length);
  const { output: name } = operation;
  const shape = [scale.length];
  builder.add(
    operation,
    { kind: 'affine', name, input: value.name, scale: `${name}/scale`, shift: `${name}/shift` },
    { [`${name}/scale`]: { shape, data: scale }, [`${name}/shift`]: { shape, data: shift } },
  );
  return { ...value, name };
}

function isUndone(builder: NetworkBuilder, before: Affine, scale: Float32Array): boolean {
  const factors = builder.parameter(before.scale).data;
  const isOne = factors.every((factor, channel) => Math.abs(factor * scale[channel]! - 1) <= ROUNDING);
  return isOne && builder.parameter(before.shift).data.every((term) => term === 0);
}
