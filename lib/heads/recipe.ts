import { HEAD_KINDS, type HeadKindName, isDeep, type PooledHead } from './head-kinds.js';
import { DEEP_RECIPE, recipeWith } from './networks/network-recipe.js';

/**
 * How a head is fitted; fixed, so that nobody has to tune it. AdamW (Loshchilov & Hutter, arXiv 1711.05101) under a
 * one-cycle learning rate (Smith & Topin, arXiv 1708.07120) with PyTorch's defaults for its shape.
 */
export interface Recipe {
  readonly epochs: number;
  /** Images a step. */
  readonly batchSize: number;
  /** Highest learning rate of the cycle. */
  readonly peakLearningRate: number;
  /** Decoupled decay of the weight matrices, relative to the learning rate. */
  readonly weightDecay: number;
  /** Probability that the target gives to the other classes together. */
  readonly labelSmoothing: number;
  /** Share of the fitting images that no step sees; accuracy on them is watched. */
  readonly heldOutShare: number;
}

export const DEFAULT_RECIPE: Recipe = {
  epochs: 10,
  batchSize: 512,
  peakLearningRate: 6e-3,
  weightDecay: 0.01,
  labelSmoothing: 0.1,
  heldOutShare: 0.04,
};

/** Epochs of a head with a convolution: it sees every pixel, learns in fewer, and each costs more. */
const CONVOLUTION_EPOCHS = 6;

/** How heads of a kind are fitted on recorded features. */
export function recipeOf({ convolution, classMeans }: PooledHead): Recipe {
  if (classMeans) return { ...DEFAULT_RECIPE, epochs: 1 };
  return convolution === undefined ? DEFAULT_RECIPE : { ...DEFAULT_RECIPE, epochs: CONVOLUTION_EPOCHS };
}

/** Passes over the fitting images in which a head is fitted. @param asked of heads that are networks. */
export function epochsOf(head: HeadKindName, asked?: number): number {
  const kind = HEAD_KINDS[head];
  return isDeep(kind) ? recipeWith(DEEP_RECIPE, asked).epochs : recipeOf(kind).epochs;
}

/** AdamW's decay of the mean gradient, of the mean squared gradient, and the floor of the step's denominator. */
export const ADAM = { firstMoment: 0.9, secondMoment: 0.999, epsilon: 1e-8 } as const;

/** Share of the steps in which the learning rate rises; it starts at 1/25 of the peak and ends at 1/250,000. */
const WARM_UP_SHARE = 0.3;
const START_DIVISOR = 25;
const END_DIVISOR = 250_000;

/** The learning rate of one step of a one-cycle schedule: half a cosine up, half a cosine down. */
export function oneCycle(step: number, steps: number, peak: number): number {
  const warmUp = WARM_UP_SHARE * steps - 1;
  if (step <= warmUp) return halfCosine(peak / START_DIVISOR, peak, step / warmUp);
  return halfCosine(peak, peak / END_DIVISOR, (step - warmUp) / (steps - 1 - warmUp));
}

function halfCosine(from: number, to: number, progress: number): number {
  return to + ((from - to) / 2) * (1 + Math.cos(Math.PI * Math.min(1, progress)));
}
