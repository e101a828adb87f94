import { elementCount } from '../../../network/tensor.js';
import { quoted } from '../../quoted.js';
import type { GraphBuilder, Value } from '../graph-builder.js';
import { listOf } from '../json.js';
import type { KerasLayer } from '../keras-layer.js';
import { mapShape, requireChannelsLast } from './windows.js';

/** A `Flatten` layer. */
export function flatten(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  requireChannelsLast(layer);
  return flattened(layer, input, builder);
}

/** A `Reshape` layer that flattens, or changes nothing. */
export function reshape(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  const [channels, ...pixels] = input.shape;
  const count = elementCount(input.shape);
  const target = listOf(layer.config['target_shape'] ?? layer.config['newshape']);
  if (target.length === 1 && (target[0] === -1 || target[0] === count))
    return flattened(layer, input, builder);
  if (target.join() === [...pixels, channels].join()) return input;
  throw layer.refusal(`reshapes to ${quoted(JSON.stringify(target))}, and cascade reshapes only to a vector`);
}

/** The value as a vector. */
export function flattened(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  const [, height = 1, width = 1] = input.shape;
  if (input.shape.length === 1) return input;
  const vector = builder.add(layer, { kind: 'flatten', name: layer.name, input: input.name }, input);
  return height * width === 1 ? vector : { ...vector, flattened: input.shape };
}

/** A `ZeroPadding2D` layer: one number, one for rows and columns, or one for each side. */
export function zeroPadding(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  requireChannelsLast(layer);
  mapShape(layer, input);
  const sides = [layer.config['padding'] ?? 1, layer.config['padding'] ?? 1];
  const [rows, columns] = Array.isArray(sides[0]) ? sides[0] : sides;
  const [top, bottom] = Array.isArray(rows) ? rows : [rows, rows];
  const [left, right] = Array.isArray(columns) ? columns : [columns, columns];
  if (![top, bottom, left, right].every((side) => Number.isSafeInteger(side) && side >= 0)) {
    throw layer.refusal(`has the padding ${quoted(JSON.stringify(layer.config['padding']))}`);
  }
  const padding = { top, bottom, left, right };
  return builder.add(layer, { kind: 'pad', name: layer.name, input: input.name, padding }, input);
}
