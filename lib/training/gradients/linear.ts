import type { Affine, Linear } from '../../network/graph.js';
import { integer } from '../../onnx/encode-onnx.js';
import { dimensionsOf, type GradientContext, type Gradients } from './gradient.js';
import { channelSum, perChannel } from './shaping.js';

/** Gradients of a fully connected layer. */
export function linearGradients(node: Linear, gradient: string, context: GradientContext): Gradients {
  const { writer } = context;
  return {
    inputs: context.isLearned(node.input)
      ? [[node.input, writer.emit('MatMul', [gradient, node.weight])]]
      : [],
    parameters: [
      [node.weight, writer.emit('Gemm', [gradient, node.input], [integer('transA', 1)])],
      ...(node.bias === undefined
        ? []
        : [[node.bias, channelSum(writer, gradient, dimensionsOf(context, node.name))] as const]),
    ],
  };
}

/** Gradients of a scale and a shift a channel. */
export function affineGradients(node: Affine, gradient: string, context: GradientContext): Gradients {
  const { writer } = context;
  const dims = dimensionsOf(context, node.input);
  return {
    inputs: context.isLearned(node.input)
      ? [[node.input, writer.emit('Mul', [gradient, perChannel(writer, node.scale, dims)])]]
      : [],
    parameters: [
      [node.scale, channelSum(writer, writer.emit('Mul', [gradient, node.input]), dims)],
      [node.shift, channelSum(writer, gradient, dims)],
    ],
  };
}
