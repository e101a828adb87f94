import type { BatchNormalization } from '../../network/graph.js';
import { elementCount } from '../../network/tensor.js';
import { dimensionsOf, type GradientContext, type Gradients } from './gradient.js';
import { channelMean, channelSum, perChannel } from './shaping.js';

/** Names of what batch normalisation by the batch's own statistics leaves behind. */
export interface Normalized {
  /** Mean of each channel, `[channels]`. */
  readonly mean: string;
  /** Variance of each channel, unbiased, as it enters the running one in PyTorch. */
  readonly variance: string;
  /** The input less its mean. */
  readonly centred: string;
  /** 1 / √(biased variance + epsilon), `[channels]`. */
  readonly inverseDeviation: string;
  /** `inverseDeviation · scale`, `[channels]`. */
  readonly factor: string;
}

/** Writes a batch normalisation as it is in training (Ioffe & Szegedy, arXiv 1502.03167, algorithm 1), under the node's name. */
export function normalizeBatch(node: BatchNormalization, context: GradientContext): Normalized {
  const { writer } = context;
  const dims = dimensionsOf(context, node.input);
  const values = elementCount(dims) / dims[1]!;
  const mean = channelMean(writer, node.input, dims);
  const centred = writer.emit('Sub', [node.input, perChannel(writer, mean, dims)]);
  const biased = channelMean(writer, writer.emit('Mul', [centred, centred]), dims);
  const deviation = writer.emit('Sqrt', [writer.emit('Add', [biased, writer.floats([node.epsilon])])]);
  const inverseDeviation = writer.emit('Reciprocal', [deviation]);
  const factor = writer.emit('Mul', [inverseDeviation, node.scale]);
  const scaled = writer.emit('Mul', [centred, perChannel(writer, factor, dims)]);
  writer.emitAs(node.name, 'Add', [scaled, perChannel(writer, node.shift, dims)]);
  const variance = writer.emit('Mul', [biased, writer.floats([values / (values - 1)])]);
  return { mean, variance, centred, inverseDeviation, factor };
}

/** Gradients through the batch's statistics as well. */
export function batchNormalizationGradients(
  node: BatchNormalization,
  gradient: string,
  { centred, inverseDeviation, factor }: Normalized,
  context: GradientContext,
): Gradients {
  const { writer } = context;
  const dims = dimensionsOf(context, node.input);
  const shift = channelSum(writer, gradient, dims);
  const product = writer.emit('Mul', [gradient, centred]);
  const scale = writer.emit('Mul', [channelSum(writer, product, dims), inverseDeviation]);
  const parameters = [
    [node.scale, scale],
    [node.shift, shift],
  ] as const;
  if (!context.isLearned(node.input)) return { inputs: [], parameters };
  // factor · (gradient − mean(gradient) − normalised · mean(gradient · normalised)), with as few passes over the maps as it takes.
  const share = writer.emit('Mul', [factor, writer.floats([-dims[1]! / elementCount(dims)])]);
  const slope = writer.emit('Mul', [writer.emit('Mul', [share, inverseDeviation]), scale]);
  const level = writer.emit('Mul', [share, shift]);
  const direct = writer.emit('Mul', [gradient, perChannel(writer, factor, dims)]);
  const byVariance = writer.emit('Mul', [centred, perChannel(writer, slope, dims)]);
  const moved = writer.emit('Add', [byVariance, perChannel(writer, level, dims)]);
  return { inputs: [[node.input, writer.emit('Add', [direct, moved])]], parameters };
}
