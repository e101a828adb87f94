import type { GraphBuilder, Value } from '../graph-builder.js';
import type { KerasLayer } from '../keras-layer.js';
import { flattened } from './reshaping.js';
import { mapShape, NO_PADDING, requireChannelsLast, windowOf } from './windows.js';

type PoolKind = 'average-pool' | 'max-pool';

/** An `AveragePooling2D` or `MaxPooling2D` layer; TensorFlow leaves padded elements out of both. */
export function pool(kind: PoolKind) {
  return (layer: KerasLayer, input: Value, builder: GraphBuilder): Value => {
    const kernel = layer.pair('pool_size', [2, 2]);
    const window = windowOf(layer, input, kernel, layer.pair('strides', kernel));
    return builder.add(layer, { kind, name: layer.name, input: input.name, ...window }, input);
  };
}

/** A `GlobalAveragePooling2D` or `GlobalMaxPooling2D` layer: to a vector, or to a feature map of one pixel. */
export function globalPool(kind: PoolKind) {
  return (layer: KerasLayer, input: Value, builder: GraphBuilder): Value => {
    requireChannelsLast(layer);
    const [, height, width] = mapShape(layer, input);
    const isKept = layer.flag('keepdims', false);
    if (kind === 'average-pool' && !isKept) {
      return builder.add(layer, { kind: 'global-average-pool', name: layer.name, input: input.name }, input);
    }
    const window = { kernel: [height, width], stride: [height, width], padding: NO_PADDING } as const;
    const name = isKept ? layer.name : `${layer.name}.pooled`;
    const pooled = builder.add(layer, { kind, name, input: input.name, ...window }, input);
    return isKept ? pooled : flattened(layer, pooled, builder);
  };
}
