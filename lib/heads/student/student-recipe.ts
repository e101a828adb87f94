import type { Distillation } from '../../training/loss.js';
import type { MomentumOptions } from '../../training/momentum-step.js';

/** How a student is fitted; fixed, so that nobody has to tune it. */
export interface StudentRecipe extends MomentumOptions {
  readonly epochs: number;
  /** Images a step. */
  readonly batchSize: number;
  /** Highest learning rate of the one cycle, for a whole batch. */
  readonly peakLearningRate: number;
  /** By the outputs of the network that the student stands before. */
  readonly distillation: Distillation;
  /** Share of the fitting images that no step sees; accuracy on them is told. */
  readonly heldOutShare: number;
}

export const STUDENT_RECIPE: StudentRecipe = {
  epochs: 18,
  batchSize: 256,
  peakLearningRate: 0.2,
  momentum: 0.9,
  weightDecay: 5e-4,
  distillation: { temperature: 4, share: 0.5 },
  heldOutShare: 0.04,
};
