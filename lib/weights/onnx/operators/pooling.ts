import type { Padding, Pair } from '../../../network/graph.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import { type Activation, CHANNELS_FIRST, type ImageValue } from '../values.js';
import { ceilPadding, isPadded, NO_PADDING, windowOf } from './window.js';

type Pool = 'average-pool' | 'max-pool';

/** MaxPool. */
export function maxPool(operation: Operation, builder: NetworkBuilder): Activation {
  return pool(operation, builder, 'max-pool', false);
}

/** AveragePool, whose padding may count as zeros. */
export function averagePool(operation: Operation, builder: NetworkBuilder): Activation {
  return pool(operation, builder, 'average-pool', operation.integer('count_include_pad', 0) !== 0);
}

function pool(operation: Operation, builder: NetworkBuilder, kind: Pool, countsPadding: boolean): Activation {
  const { output: name } = operation;
  const { name: input, shape } = operation.image(0);
  const size: Pair = [shape[1], shape[2]];
  const kernel = operation.counts('kernel_shape', size, 1) as [number, number];
  const window = windowOf(operation, size, kernel);
  const { padding } = window;
  const ceil = operation.integer('ceil_mode', 0) !== 0 ? ceilPadding(size, window) : ([0, 0] as const);
  const padsFirst = countsPadding && isPadded(padding);
  if (padsFirst) builder.add(operation, { kind: 'pad', name: `${name}/padded`, input, padding });
  return addPool(operation, builder, {
    ...window,
    kind,
    input: padsFirst ? `${name}/padded` : input,
    padding: extended(padsFirst ? NO_PADDING : padding, ceil),
  });
}

/** GlobalMaxPool: a window over the whole image. */
export function globalMaxPool(operation: Operation, builder: NetworkBuilder): Activation {
  const { name: input, shape } = operation.image(0);
  const kernel: Pair = [shape[1], shape[2]];
  return addPool(operation, builder, {
    kind: 'max-pool',
    input,
    kernel,
    stride: [1, 1],
    padding: NO_PADDING,
  });
}

function addPool(
  operation: Operation,
  builder: NetworkBuilder,
  node: {
    readonly kind: Pool;
    readonly input: string;
    readonly kernel: Pair;
    readonly stride: Pair;
    readonly padding: Padding;
  },
): ImageValue {
  const { output: name } = operation;
  const shape = builder.add(operation, { ...node, name });
  return { kind: 'image', name, shape: shape as [number, number, number], axes: CHANNELS_FIRST };
}

function extended(padding: Padding, [rows, columns]: Pair): Padding {
  return { ...padding, bottom: padding.bottom + rows, right: padding.right + columns };
}
