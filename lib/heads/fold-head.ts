import type { Tensor } from '../network/tensor.js';
import type { ConvolutionLayer } from './head-kinds.js';
import type { HeadTensors } from './head-step.js';
import { BATCH_NORM_EPSILON, type LayerTensors } from './layer-step.js';
import type { Standardization } from './standardization.js';

/** Running mean and variance of a layer's product before its normalisation. */
export interface RunningStatistics {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** Running statistics of the layers with batch normalisation. */
export interface HeadStatistics {
  readonly convolution?: RunningStatistics;
  readonly hidden?: RunningStatistics;
}

/**
 * A fitted head as it runs on features as they come: batch normalisation is multiplied into the weights before it, and the
 * standardisation of pooled features into those after it; that of a convolution's input becomes `input.scale` and `input.shift`.
 * Parameters are named as in `headGraph`.
 *
 * @param scaling of each recorded feature; with a convolution the same for all pixels of a channel.
 */
export function foldHead(
  tensors: HeadTensors,
  convolution: ConvolutionLayer | undefined,
  statistics: HeadStatistics,
  scaling: Standardization,
): ReadonlyMap<string, Tensor> {
  const logits = folded(tensors.logits);
  const hidden = tensors.hidden && folded(tensors.hidden, statistics.hidden);
  const pooledScaling = convolution === undefined ? scaling : undefined;
  return new Map([
    ...(convolution === undefined
      ? []
      : convolved(folded(tensors.convolution!, statistics.convolution), convolution, scaling)),
    ...(hidden === undefined ? [] : connected('hidden', hidden, pooledScaling)),
    ...connected('logits', logits, hidden === undefined ? pooledScaling : undefined),
  ]);
}

/** A layer without normalisation; `weight` is `[inputs, outputs]`, as it was fitted. */
interface PlainLayer {
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

function folded({ weight, bias, gain }: LayerTensors, statistics?: RunningStatistics): PlainLayer {
  const plain = {
    weight: Float64Array.from(weight.dataSync<'float32'>()),
    bias: Float64Array.from(bias.dataSync<'float32'>()),
  };
  if (gain === undefined || statistics === undefined) return plain;
  const units = plain.bias.length;
  const factor = gain
    .dataSync<'float32'>()
    .map((value, unit) => value / Math.sqrt(statistics.variance[unit]! + BATCH_NORM_EPSILON));
  for (let index = 0; index < plain.weight.length; index++) plain.weight[index]! *= factor[index % units]!;
  for (let unit = 0; unit < units; unit++) plain.bias[unit]! -= statistics.mean[unit]! * factor[unit]!;
  return plain;
}

/** @returns `[outputs, inputs]` weights and biases, with the scaling of the inputs multiplied in. */
function connected(
  name: string,
  { weight, bias }: PlainLayer,
  scaling?: Standardization,
): ReadonlyMap<string, Tensor> {
  const outputs = bias.length;
  const inputs = weight.length / outputs;
  const transposed = new Float32Array(weight.length);
  const shifted = Float64Array.from(bias);
  for (let input = 0; input < inputs; input++) {
    for (let output = 0; output < outputs; output++) {
      const scaled = weight[input * outputs + output]! * (scaling?.scale[input] ?? 1);
      transposed[output * inputs + input] = scaled;
      shifted[output]! -= scaled * (scaling?.mean[input] ?? 0);
    }
  }
  return new Map([
    [`${name}.weight`, { shape: [outputs, inputs], data: transposed }],
    [`${name}.bias`, { shape: [outputs], data: Float32Array.from(shifted) }],
  ]);
}

function convolved(
  layer: PlainLayer,
  { kernel }: ConvolutionLayer,
  { mean, scale }: Standardization,
): ReadonlyMap<string, Tensor> {
  const plain = connected('convolution', layer);
  const { shape, data } = plain.get('convolution.weight')!;
  const channels = shape[1]! / kernel ** 2;
  const pixels = mean.length / channels;
  const scales = Float32Array.from({ length: channels }, (_, channel) => scale[channel * pixels]!);
  const shifts = scales.map((factor, channel) => -mean[channel * pixels]! * factor);
  return new Map([
    ...plain,
    ['input.scale', { shape: [channels], data: scales }],
    ['input.shift', { shape: [channels], data: shifts }],
    ['convolution.weight', { shape: [shape[0]!, channels, kernel, kernel], data }],
  ]);
}
