import type { Convolution, Padding, Pair, Shape } from '../../network/graph.js';
import { integer, integers, type OnnxAttribute } from '../../onnx/encode-onnx.js';
import type { NodeWriter } from '../../onnx/node-writer.js';
import { dimensionsOf, type GradientContext, type Gradients } from './gradient.js';
import { patches, pixelMajor } from './patches.js';
import { channelSum, reshape } from './shaping.js';

/** Gradients of a convolution: by its weights a product with the unfolded input, by its input a convolution of the gradient. */
export function convolutionGradients(
  node: Convolution,
  gradient: string,
  context: GradientContext,
): Gradients {
  const { writer } = context;
  return {
    inputs: context.isLearned(node.input) ? [[node.input, inputGradient(node, gradient, context)]] : [],
    parameters: [
      [node.weight, weightGradient(node, gradient, context)],
      ...(node.bias === undefined
        ? []
        : [[node.bias, channelSum(writer, gradient, dimensionsOf(context, node.name))] as const]),
    ],
  };
}

function weightGradient(node: Convolution, gradient: string, context: GradientContext): string {
  const { writer, batchSize, shapeOf } = context;
  const { groups, kernel, outputChannels } = node;
  const shape = shapeOf(node.input);
  const [, rows, columns] = shapeOf(node.name) as [number, number, number];
  const positions = rows * columns * batchSize;
  const groupInputs = shape[0]! / groups;
  const unfolded = reshape(writer, patches(writer, node.input, batchSize, node, shape, [rows, columns]), [
    groups,
    groupInputs * kernel[0] * kernel[1],
    positions,
  ]);
  const gradients = reshape(writer, pixelMajor(writer, gradient, batchSize, shapeOf(node.name)), [
    groups,
    outputChannels / groups,
    positions,
  ]);
  const product = writer.emit('MatMul', [
    gradients,
    writer.emit('Transpose', [unfolded], [integers('perm', [0, 2, 1])]),
  ]);
  return reshape(writer, product, [outputChannels, groupInputs, ...kernel]);
}

function inputGradient(node: Convolution, gradient: string, context: GradientContext): string {
  const { writer, shapeOf } = context;
  const { kernel, stride, padding, groups } = node;
  const isFlippable =
    stride.every((step) => step === 1) &&
    Math.max(padding.top, padding.bottom) < kernel[0] &&
    Math.max(padding.left, padding.right) < kernel[1];
  if (!isFlippable)
    return spread(writer, gradient, node.weight, node, shapeOf(node.input), shapeOf(node.name));
  // The same as the transposed convolution, and in ONNX Runtime faster: it multiplies and then adds up on one thread.
  return writer.emit(
    'Conv',
    [gradient, flippedWeights(node, shapeOf(node.input)[0]!, writer)],
    [
      integers('kernel_shape', kernel),
      integers('pads', [
        kernel[0] - 1 - padding.top,
        kernel[1] - 1 - padding.left,
        kernel[0] - 1 - padding.bottom,
        kernel[1] - 1 - padding.right,
      ]),
      integer('group', groups),
    ],
  );
}

/** Weights turned by half a circle, inputs and outputs exchanged within each group. */
function flippedWeights(node: Convolution, inputChannels: number, writer: NodeWriter): string {
  const { groups, kernel, outputChannels, weight } = node;
  const places = kernel[0] * kernel[1];
  const [outputs, inputs] = [outputChannels / groups, inputChannels / groups];
  const byPlace = reshape(writer, weight, [groups, outputs, inputs, places]);
  const backwards = writer.integers(Array.from({ length: places }, (_, place) => places - 1 - place));
  const turned = writer.emit('Gather', [byPlace, backwards], [integer('axis', 3)]);
  const exchanged = writer.emit('Transpose', [turned], [integers('perm', [0, 2, 1, 3])]);
  return reshape(writer, exchanged, [inputChannels, outputs, ...kernel]);
}

/** What windows are, for a gradient that goes back through them. */
export interface Spreading {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
  readonly groups: number;
}

/**
 * Gives each pixel what the windows over it have, times a weight: a transposed convolution.
 *
 * @param weights `[window channels, pixel channels / groups, kernel rows, kernel columns]`.
 * @param pixels `[channels, height, width]` of the result.
 * @param windows likewise of `value`.
 */
export function spread(
  writer: NodeWriter,
  value: string,
  weights: string,
  { kernel, stride, padding, groups }: Spreading,
  pixels: Shape,
  windows: Shape,
): string {
  // Rows and columns at the end that no window reaches.
  const left = (axis: 0 | 1, padded: number): number =>
    pixels[axis + 1]! + padded - ((windows[axis + 1]! - 1) * stride[axis] + kernel[axis]);
  const attributes: OnnxAttribute[] = [
    integers('kernel_shape', kernel),
    integers('strides', stride),
    integers('pads', [padding.top, padding.left, padding.bottom, padding.right]),
    integers('output_padding', [
      left(0, padding.top + padding.bottom),
      left(1, padding.left + padding.right),
    ]),
    integer('group', groups),
  ];
  return writer.emit('ConvTranspose', [value, weights], attributes);
}
