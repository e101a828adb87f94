import type { Tensor } from '../network/tensor.js';
import type { HeadKind } from './head-kinds.js';
import { BATCH_NORM_EPSILON, type HeadTensors } from './head-step.js';
import type { Standardization } from './standardization.js';

/** Running mean and variance of the hidden layer before its normalisation. */
export interface HiddenStatistics {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/**
 * A fitted head as plain fully connected layers on features as they come: the standardisation of the features and the batch
 * normalisation are multiplied into the weights. Parameters are named as in `headGraph`.
 */
export function foldHead(
  tensors: HeadTensors,
  kind: HeadKind,
  statistics: HiddenStatistics,
  scaling: Standardization,
): ReadonlyMap<string, Tensor> {
  const weight = tensors.weight.dataSync<'float32'>();
  const bias = tensors.bias.dataSync<'float32'>();
  if (kind.hidden === undefined) return connected('logits', weight, bias, scaling);
  const units = kind.hidden.units;
  const hiddenWeight = Float64Array.from(tensors.hiddenWeight!.dataSync<'float32'>());
  const hiddenBias = Float64Array.from(tensors.hiddenBias!.dataSync<'float32'>());
  if (kind.hidden.batchNormalization) {
    const gain = tensors.gain!.dataSync<'float32'>();
    const factor = gain.map(
      (value, unit) => value / Math.sqrt(statistics.variance[unit]! + BATCH_NORM_EPSILON),
    );
    for (let index = 0; index < hiddenWeight.length; index++) hiddenWeight[index]! *= factor[index % units]!;
    for (let unit = 0; unit < units; unit++) hiddenBias[unit]! -= statistics.mean[unit]! * factor[unit]!;
  }
  return new Map([
    ...connected('hidden', hiddenWeight, hiddenBias, scaling),
    ...connected('logits', weight, bias),
  ]);
}

/**
 * @param weight `[inputs, outputs]`, as it was fitted.
 * @param scaling of the inputs, to be multiplied in.
 * @returns `weight` as `[outputs, inputs]` and `bias`.
 */
function connected(
  name: string,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
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
