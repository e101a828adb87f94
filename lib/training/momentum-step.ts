import type { NodeWriter } from '../onnx/node-writer.js';

/** Stochastic gradient descent, with PyTorch's names and meanings; weight decay is of every learned parameter. */
export interface MomentumOptions {
  readonly momentum: number;
  readonly weightDecay: number;
}

/** Names of vectors, and of the learning rate, a scalar. */
export interface MomentumInputs {
  readonly parameters: string;
  readonly gradients: string;
  /** The gradients so far, each `momentum` times as heavy as the next. */
  readonly velocity: string;
  readonly learningRate: string;
}

/** Nesterov's momentum as `torch.optim.SGD(nesterov=True)` has it (Sutskever et al. 2013). @returns the names of what comes after. */
export function momentumStep(
  writer: NodeWriter,
  { parameters, gradients, velocity, learningRate }: MomentumInputs,
  { momentum, weightDecay }: MomentumOptions,
): { readonly parameters: string; readonly velocity: string } {
  const inertia = writer.floats([momentum]);
  const decay = writer.emit('Mul', [parameters, writer.floats([weightDecay])]);
  const gradient = writer.emit('Add', [gradients, decay]);
  const after = writer.emit('Add', [writer.emit('Mul', [velocity, inertia]), gradient]);
  const ahead = writer.emit('Add', [writer.emit('Mul', [after, inertia]), gradient]);
  const change = writer.emit('Mul', [ahead, learningRate]);
  return { parameters: writer.emit('Sub', [parameters, change]), velocity: after };
}
