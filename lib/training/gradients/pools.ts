import type { AveragePool, GlobalAveragePool, MaxPool, StridedSlice } from '../../network/graph.js';
import { elementCount } from '../../network/tensor.js';
import { integer, integers, text } from '../../onnx/encode-onnx.js';
import { spread } from './convolution.js';
import { dimensionsOf, type GradientContext } from './gradient.js';
import { windowPixels } from './patches.js';
import { reshape } from './shaping.js';

/** Every pixel has an equal share of its windows' gradients. @returns the gradient by the input. */
export function averagePoolGradient(node: AveragePool, gradient: string, context: GradientContext): string {
  const { writer, shapeOf } = context;
  const [channels, height, width] = shapeOf(node.input) as [number, number, number];
  const windows = shapeOf(node.name) as [number, number, number];
  const [, rows, columns] = windows;
  const shares = new Float32Array(rows * columns);
  for (const [index, pixel] of windowPixels(node, [height, width], [rows, columns]).entries())
    if (pixel < height * width) shares[index % shares.length]! += 1;
  const shared = writer.emit('Mul', [
    gradient,
    writer.floats(
      shares.map((pixels) => 1 / pixels),
      [rows, columns],
    ),
  ]);
  return spread(
    writer,
    shared,
    ones(context, channels, node.kernel),
    { ...node, groups: channels },
    [channels, height, width],
    windows,
  );
}

/** The gradient of each window goes to its first maximum. */
export function maxPoolGradient(node: MaxPool, gradient: string, context: GradientContext): string {
  const { writer } = context;
  const { top, left, bottom, right } = node.padding;
  const [, places] = writer.emitAll(
    'MaxPool',
    [node.input],
    [
      integers('kernel_shape', node.kernel),
      integers('strides', node.stride),
      integers('pads', [top, left, bottom, right]),
    ],
    2,
  );
  const dims = dimensionsOf(context, node.input);
  const zeros = writer.emit('Expand', [writer.floats([0], [1]), writer.integers([elementCount(dims)])]);
  const flat = [reshape(writer, places!, [-1]), reshape(writer, gradient, [-1])];
  const scattered = writer.emit(
    'ScatterElements',
    [zeros, ...flat],
    [integer('axis', 0), text('reduction', 'add')],
  );
  return reshape(writer, scattered, dims);
}

/** Every pixel has an equal share of the gradient. */
export function globalAveragePoolGradient(
  node: GlobalAveragePool,
  gradient: string,
  context: GradientContext,
): string {
  const { writer, batchSize } = context;
  const [channels, ...pixels] = context.shapeOf(node.input);
  const share = writer.emit('Mul', [gradient, writer.floats([1 / elementCount(pixels)])]);
  const pooled = reshape(writer, share, [batchSize, channels!, 1, 1]);
  return writer.emit('Expand', [pooled, writer.integers(dimensionsOf(context, node.input))]);
}

/** Pixels that are left out have no gradient. */
export function stridedSliceGradient(node: StridedSlice, gradient: string, context: GradientContext): string {
  const { writer, shapeOf } = context;
  const [channels] = shapeOf(node.input);
  const kernel = [1, 1] as const;
  return spread(
    writer,
    gradient,
    ones(context, channels!, kernel),
    { kernel, stride: node.stride, padding: { top: 0, bottom: 0, left: 0, right: 0 }, groups: channels! },
    shapeOf(node.input),
    shapeOf(node.name),
  );
}

function ones({ writer }: GradientContext, channels: number, kernel: readonly number[]): string {
  const dims = [channels, 1, ...kernel];
  return writer.floats(new Float32Array(elementCount(dims)).fill(1), dims);
}
