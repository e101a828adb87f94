import { integer } from '../onnx/encode-onnx.js';
import type { NodeWriter } from '../onnx/node-writer.js';

/** What a network is fitted to besides the labels: the outputs of a better one (Hinton et al., arXiv 1503.02531). */
export interface Distillation {
  /** By which both networks' logits are divided. */
  readonly temperature: number;
  /** Share of the loss, 0 … 1; the labels have the rest. */
  readonly share: number;
}

export interface LossInputs {
  /** Name of the logits, `[batch, classes]`. */
  readonly logits: string;
  /** Name of the classes, int64, `[batch]`. */
  readonly labels: string;
  /** Name of the teacher's logits, `[batch, classes]`; with `distillation`. */
  readonly teacher: string;
  readonly batchSize: number;
  readonly classes: number;
  readonly distillation?: Distillation | undefined;
}

/** Names of a loss and its gradient by the logits. */
export interface Loss {
  /** A scalar, in nats, the mean over the batch. */
  readonly loss: string;
  readonly gradient: string;
}

/**
 * Cross-entropy with the labels and, times the squared temperature, the divergence from the teacher's softened probabilities, so that
 * the gradients of both are of like size at every temperature.
 */
export function classificationLoss(writer: NodeWriter, inputs: LossInputs): Loss {
  const { distillation } = inputs;
  if (distillation === undefined) return crossEntropy(writer, inputs, 1);
  const hard = crossEntropy(writer, inputs, 1 - distillation.share);
  const soft = divergence(writer, inputs, distillation);
  return {
    loss: writer.emit('Add', [hard.loss, soft.loss]),
    gradient: writer.emit('Add', [hard.gradient, soft.gradient]),
  };
}

function crossEntropy(writer: NodeWriter, inputs: LossInputs, share: number): Loss {
  const { logits, labels, batchSize, classes } = inputs;
  const targets = writer.emit('OneHot', [labels, writer.integers([classes]), writer.floats([0, 1], [2])]);
  const weight = share / batchSize;
  const logProbabilities = logSoftmax(writer, logits);
  return {
    loss: scaledSum(writer, writer.emit('Mul', [targets, logProbabilities]), -weight),
    gradient: difference(writer, writer.emit('Exp', [logProbabilities]), targets, weight),
  };
}

function divergence(writer: NodeWriter, inputs: LossInputs, { temperature, share }: Distillation): Loss {
  const { logits, teacher, batchSize } = inputs;
  const softened = (value: string): string =>
    logSoftmax(writer, writer.emit('Div', [value, writer.floats([temperature])]));
  const [student, wanted] = [softened(logits), softened(teacher)];
  const targets = writer.emit('Exp', [wanted]);
  const terms = writer.emit('Mul', [targets, writer.emit('Sub', [wanted, student])]);
  const weight = (share * temperature) / batchSize;
  return {
    loss: scaledSum(writer, terms, weight * temperature),
    gradient: difference(writer, writer.emit('Exp', [student]), targets, weight),
  };
}

function logSoftmax(writer: NodeWriter, value: string): string {
  return writer.emit('LogSoftmax', [value], [integer('axis', 1)]);
}

function scaledSum(writer: NodeWriter, value: string, factor: number): string {
  const sum = writer.emit('ReduceSum', [value], [integer('keepdims', 0)]);
  return writer.emit('Mul', [sum, writer.floats([factor])]);
}

function difference(writer: NodeWriter, probabilities: string, targets: string, weight: number): string {
  return writer.emit('Mul', [writer.emit('Sub', [probabilities, targets]), writer.floats([weight])]);
}
