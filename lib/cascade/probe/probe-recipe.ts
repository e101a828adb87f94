import type { PooledHead } from '../../heads/head-kinds.js';
import { type Recipe, recipeOf } from '../../heads/recipe.js';

/** Images a step: of few images there would be too few steps otherwise. */
const BATCH_SIZE = 128;

/** How a probe for a head of a kind is fitted: as the head is, in smaller steps. @param judgedShare of the images, which no step sees. */
export function probeRecipe(kind: PooledHead, judgedShare: number): Recipe {
  return { ...recipeOf(kind), batchSize: BATCH_SIZE, heldOutShare: judgedShare };
}
