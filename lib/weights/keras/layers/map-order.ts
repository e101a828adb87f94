import type { Tensor } from '../../../network/tensor.js';
import { transposed } from '../../pytorch/strided.js';
import type { Value } from '../graph-builder.js';

/**
 * A parameter whose first axis goes over a value's elements, in the value's order: behind a flattened feature map Keras has
 * them by row, column and channel, the graph by channel, row and column.
 */
export function mapOrder(parameter: Tensor, { flattened }: Value): Tensor {
  if (flattened === undefined) return parameter;
  const { shape, data } = parameter;
  const [channels, height, width] = flattened as readonly [number, number, number];
  const rest = shape.slice(1);
  const axes = [2, 0, 1, ...rest.map((_, index) => index + 3)];
  return { shape, data: transposed({ shape: [height, width, channels, ...rest], data }, axes).data };
}
