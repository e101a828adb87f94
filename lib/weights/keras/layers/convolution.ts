import type { Tensor } from '../../../network/tensor.js';
import { transposed } from '../../pytorch/strided.js';
import type { GraphBuilder, Value } from '../graph-builder.js';
import type { KerasLayer } from '../keras-layer.js';
import { activated } from './activation.js';
import { mapShape, NO_PADDING, windowOf } from './windows.js';

/** A `Conv2D` layer: kernel `[rows, columns, inputs / groups, outputs]`. */
export function convolution(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  const [channels] = mapShape(layer, input);
  const [outputChannels, groups] = [layer.count('filters'), layer.count('groups', 1)];
  if (channels % groups !== 0 || outputChannels % groups !== 0) {
    throw layer.refusal(`cuts ${channels} to ${outputChannels} channels into ${groups} groups`);
  }
  const window = windowOf(layer, input, layer.pair('kernel_size'), layer.pair('strides', [1, 1]));
  const shape = [...window.kernel, channels / groups, outputChannels];
  const kernel = builder.variable(layer, { names: ['kernel'], index: 0 }, shape);
  const weight = builder.parameter(layer, 'kernel', outputsFirst(kernel));
  const bias = biasOf(layer, 1, outputChannels, builder);
  return activated(layer, builder, (name) =>
    builder.add(
      layer,
      { kind: 'convolution', name, input: input.name, outputChannels, groups, weight, ...bias, ...window },
      input,
    ),
  );
}

/** A `DepthwiseConv2D` layer: each channel by itself, kernel `[rows, columns, inputs, outputs of each]`. */
export function depthwiseConvolution(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  return activated(layer, builder, (name) =>
    // Keras 3 calls the kernel like any other.
    depthwise(layer, input, builder, name, ['depthwise_kernel', 'kernel'], (channels) =>
      biasOf(layer, 1, channels, builder),
    ),
  );
}

/** A `SeparableConv2D` layer: each channel by itself, then a 1×1 convolution. */
export function separableConvolution(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  const inner = depthwise(layer, input, builder, `${layer.name}.depthwise`, ['depthwise_kernel'], () => ({}));
  const [outputChannels, channels] = [layer.count('filters'), inner.shape[0]!];
  const kernel = builder.variable(layer, { names: ['pointwise_kernel'], index: 1 }, [
    1,
    1,
    channels,
    outputChannels,
  ]);
  const weight = builder.parameter(layer, 'pointwise_kernel', outputsFirst(kernel));
  const bias = biasOf(layer, 2, outputChannels, builder);
  return activated(layer, builder, (name) =>
    builder.add(
      layer,
      {
        kind: 'convolution',
        name,
        input: inner.name,
        outputChannels,
        groups: 1,
        weight,
        ...bias,
        kernel: [1, 1],
        stride: [1, 1],
        padding: NO_PADDING,
      },
      inner,
    ),
  );
}

function depthwise(
  layer: KerasLayer,
  input: Value,
  builder: GraphBuilder,
  name: string,
  names: readonly string[],
  bias: (channels: number) => { readonly bias?: string },
): Value {
  const [channels] = mapShape(layer, input);
  const multiplier = layer.count('depth_multiplier', 1);
  const outputChannels = channels * multiplier;
  const window = windowOf(layer, input, layer.pair('kernel_size'), layer.pair('strides', [1, 1]));
  const shape = [...window.kernel, channels, multiplier];
  const { data } = transposed(builder.variable(layer, { names, index: 0 }, shape), [2, 3, 0, 1]);
  const weight = builder.parameter(layer, 'depthwise_kernel', {
    shape: [outputChannels, 1, ...window.kernel],
    data,
  });
  return builder.add(
    layer,
    {
      kind: 'convolution',
      name,
      input: input.name,
      outputChannels,
      groups: channels,
      weight,
      ...bias(outputChannels),
      ...window,
    },
    input,
  );
}

/** `[rows, columns, inputs, outputs]` → `[outputs, inputs, rows, columns]`. */
function outputsFirst(kernel: Tensor): Tensor {
  return transposed(kernel, [3, 2, 0, 1]);
}

/**
 * The bias of a layer that has one.
 *
 * @param index its place among the layer's variables.
 */
export function biasOf(
  layer: KerasLayer,
  index: number,
  outputs: number,
  builder: GraphBuilder,
): { readonly bias?: string } {
  if (!layer.flag('use_bias', true)) return {};
  const bias = builder.variable(layer, { names: ['bias'], index }, [outputs]);
  return { bias: builder.parameter(layer, 'bias', bias) };
}
