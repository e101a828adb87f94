import { elementCount } from '../network/tensor.js';
import { AdamWVariable } from './adamw.js';
import type { PooledHead } from './head-kinds.js';
import type { HeadLayers, HeadTensors } from './head-step.js';
import type { LayerTensors } from './layer-step.js';

type LayerVariables = { readonly [Name in keyof LayerTensors]: AdamWVariable };

/** Everything that is learned of a head. */
export type HeadVariables = HeadLayers<LayerVariables>;

/** Lengths of what the layers of a head take. */
export interface LayerInputs {
  /** Size of a patch, with a convolution. */
  readonly patch?: number;
  /** Number of the pooled features. */
  readonly features: number;
}

/** Uniform in ±1/√inputs for weights and biases, as PyTorch's Linear starts; with batch normalisation gain 1 and shift 0. */
export function initialVariables(
  { patch, features }: LayerInputs,
  classes: number,
  { hidden, convolution }: PooledHead,
  random: () => number,
): HeadVariables {
  const uniform = (shape: [number, number], fanIn: number, decays: boolean): AdamWVariable => {
    const bound = 1 / Math.sqrt(fanIn);
    const draw = (): number => (2 * random() - 1) * bound;
    return new AdamWVariable(Float32Array.from({ length: elementCount(shape) }, draw), shape, decays);
  };
  const layer = (inputs: number, units: number, batchNormalization: boolean): LayerVariables => {
    const weight = uniform([inputs, units], inputs, true);
    if (!batchNormalization) return { weight, bias: uniform([1, units], inputs, false) };
    return {
      weight,
      gain: new AdamWVariable(new Float32Array(units).fill(1), [1, units], false),
      bias: new AdamWVariable(new Float32Array(units), [1, units], false),
    };
  };
  return {
    logits: layer(hidden?.units ?? features, classes, false),
    ...(hidden && { hidden: layer(features, hidden.units, hidden.batchNormalization) }),
    ...(convolution && { convolution: layer(patch!, convolution.channels, true) }),
  };
}

/** The current values of a head's variables. */
export function tensorsOf(variables: HeadVariables): HeadTensors {
  const layers = Object.entries(variables).map(([name, layer]) => [
    name,
    Object.fromEntries(Object.entries(layer).map(([part, variable]) => [part, variable.value])),
  ]);
  return Object.fromEntries(layers) as HeadTensors;
}

/** One step of every variable along its gradient. */
export function updateVariables(
  variables: HeadVariables,
  gradients: HeadTensors,
  learningRate: number,
  weightDecay: number,
): void {
  for (const [name, layer] of Object.entries(variables)) {
    for (const [part, variable] of Object.entries(layer)) {
      const gradient = gradients[name as keyof HeadTensors]![part as keyof LayerTensors]!;
      variable.update(gradient, learningRate, weightDecay);
    }
  }
}

export function disposeVariables(variables: HeadVariables): void {
  for (const layer of Object.values(variables)) {
    for (const variable of Object.values(layer)) variable.dispose();
  }
}
