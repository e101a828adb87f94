import type { Operator, OperatorInput } from '../../../network/graph.js';
import { areImagesInFront, type BatchedShape } from '../../../network/operator/batched-shape.js';
import type { OperatorName } from '../../../network/operator/operator-names.js';
import type { Tensor } from '../../../network/tensor.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import { CHANNELS_FIRST, type ImageValue, type TensorValue, type VectorValue } from '../values.js';

/** What an operator is given: a value of the network by its name, numbers, whole numbers, or nothing. */
export type Part =
  | string
  | Tensor
  | { readonly integers: readonly number[]; readonly shape?: readonly number[] }
  | undefined;

/** A value that an operator made: an image or a vector again where it has their axes. */
export type Made = ImageValue | VectorValue | TensorValue;

/**
 * Adds an operator to the network.
 *
 * @param name of its value.
 * @throws CascadeError if its inputs do not fit it.
 */
export function emit(
  operation: Operation,
  builder: NetworkBuilder,
  name: string,
  operator: OperatorName,
  parts: readonly Part[],
  attributes: Operator['attributes'] = {},
): string {
  const parameters: Record<string, Tensor> = {};
  const inputs = parts.map((part, index): OperatorInput => {
    if (part === undefined) return null;
    if (typeof part === 'string') return part;
    if ('integers' in part) return { integers: part.integers, shape: part.shape ?? [part.integers.length] };
    const parameter = `${name}/input-${index}`;
    parameters[parameter] = { shape: part.shape, data: part.data };
    return { parameter, shape: part.shape };
  });
  while (inputs.at(-1) === null) inputs.pop();
  builder.add(operation, { kind: 'operator', name, operator, inputs, attributes }, parameters);
  return name;
}

/** A value of the network as what the operators behind it may take it for. */
export function madeValue(builder: NetworkBuilder, name: string): Made {
  const shape = builder.batchedShape(name)!;
  if (areImagesInFront(shape)) {
    const [, ...sizes] = shape.sizes;
    if (sizes.length === 1) return { kind: 'vector', name, features: sizes[0]!, shape: sizes };
    if (sizes.length === 3) return { kind: 'image', name, shape: threeOf(sizes), axes: CHANNELS_FIRST };
  }
  return { kind: 'tensor', name, shape };
}

function threeOf(sizes: readonly number[]): readonly [number, number, number] {
  return [sizes[0]!, sizes[1]!, sizes[2]!];
}

/** The value in another shape. @param sizes where there is one image. @param axis that holds the images then. */
export function emitReshape(
  operation: Operation,
  builder: NetworkBuilder,
  name: string,
  input: string,
  { sizes, axis }: Pick<BatchedShape, 'sizes' | 'axis'>,
): string {
  return emit(operation, builder, name, 'Reshape', [input, { integers: sizes.with(axis, -1) }]);
}
