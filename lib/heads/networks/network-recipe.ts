import type { Distillation } from '../../training/loss.js';
import type { MomentumOptions } from '../../training/momentum-step.js';

/** How a head that is a network is fitted; fixed, so that nobody has to tune it. */
export interface NetworkRecipe extends MomentumOptions {
  readonly epochs: number;
  /** Images a step. */
  readonly batchSize: number;
  /** Highest learning rate of the one cycle, for a whole batch. */
  readonly peakLearningRate: number;
  /** By the outputs of the full network; none when left out. */
  readonly distillation?: Distillation;
  /** Share of the fitting images that no step sees; accuracy on them is told. */
  readonly heldOutShare: number;
}

/** A student begins with nothing. Half as many epochs cost 1.7 points of its accuracy (`results/heads/recipes.csv`). */
export const STUDENT_RECIPE: NetworkRecipe = {
  epochs: 36,
  batchSize: 256,
  peakLearningRate: 0.2,
  momentum: 0.9,
  weightDecay: 5e-4,
  distillation: { temperature: 4, share: 0.5 },
  heldOutShare: 0.04,
};

/** A deep head begins with what the frozen part before it has learned; a third as many epochs cost 2 to 6 points. */
export const DEEP_RECIPE: NetworkRecipe = { ...STUDENT_RECIPE, epochs: 18 };

/** A recipe with another number of epochs, where one is given. */
export function recipeWith(recipe: NetworkRecipe, epochs = recipe.epochs): NetworkRecipe {
  return { ...recipe, epochs };
}
