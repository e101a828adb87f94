import type { Relu, Relu6 } from '../../network/graph.js';
import { float } from '../../onnx/encode-onnx.js';
import type { NodeWriter } from '../../onnx/node-writer.js';

/**
 * Lets a gradient pass where the activation lies strictly between its limits, as PyTorch does. @returns the gradient by the input.
 */
export function reluGradient(node: Relu | Relu6, gradient: string, writer: NodeWriter): string {
  const passed = writer.emit('Mul', [gradient, isPositive(writer, node.name)]);
  if (node.kind === 'relu') return passed;
  const below = writer.emit('Sub', [writer.floats([6]), node.name]);
  return writer.emit('Mul', [passed, isPositive(writer, below)]);
}

/**
 * 1 where a value that is not negative is above 0, else 0: a slope so steep that it is a step, in one pass. ONNX Runtime takes four
 * times as long for `Sign`, and seven times for `Greater` with `Where`.
 */
function isPositive(writer: NodeWriter, value: string): string {
  return writer.emit('HardSigmoid', [value], [float('alpha', 3e38), float('beta', 0)]);
}
