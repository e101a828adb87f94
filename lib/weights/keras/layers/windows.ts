import type { Padding, Pair } from '../../../network/graph.js';
import type { Value } from '../graph-builder.js';
import type { KerasLayer } from '../keras-layer.js';

/** How a window slides over a feature map. */
export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
}

export const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** @throws CascadeError if the layer's padding is neither `valid` nor `same`, or its window has holes. */
export function windowOf(layer: KerasLayer, input: Value, kernel: Pair, stride: Pair): Window {
  requireChannelsLast(layer);
  if (layer.pair('dilation_rate', [1, 1]).some((rate) => rate !== 1)) {
    throw layer.refusal('is dilated, which cascade does not run');
  }
  const isSame = layer.word('padding', ['valid', 'same'], 'valid') === 'same';
  return { kernel, stride, padding: isSame ? samePadding(layer, input, kernel, stride) : NO_PADDING };
}

/** @throws CascadeError if the layer takes channels first. */
export function requireChannelsLast(layer: KerasLayer): void {
  if ((layer.config['data_format'] ?? 'channels_last') === 'channels_last') return;
  throw layer.refusal(
    'has the data format channels_first; build the model channels_last and load its weights',
  );
}

/** `[channels, height, width]` of a value. @throws CascadeError if it has other axes. */
export function mapShape(layer: KerasLayer, { shape }: Value): readonly [number, number, number] {
  const [channels, height, width] = shape;
  if (shape.length === 3) return [channels!, height!, width!];
  throw layer.refusal('takes a feature map and is given a vector');
}

/**
 * TensorFlow's padding: so much that a window stands at every `stride`-th pixel, as evenly as it goes, the odd one at the end
 * (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2).
 */
function samePadding(layer: KerasLayer, input: Value, kernel: Pair, stride: Pair): Padding {
  const [, height, width] = mapShape(layer, input);
  const [top, bottom] = sides(height, kernel[0], stride[0]);
  const [left, right] = sides(width, kernel[1], stride[1]);
  return { top, bottom, left, right };
}

function sides(size: number, kernel: number, stride: number): readonly [before: number, after: number] {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}
