import type { CriterionName } from './criteria.js';

/** How predictions and confidences are made from the logits of exits. */
export interface Scoring {
  readonly criterion: CriterionName;
  /** How many of the likeliest classes count as the prediction: 1, or 5 for top-5 accuracy. */
  readonly top: number;
  /**
   * Weight of the earlier exits in an exit's output, 0 for none: z ← log softmax(logits) + weight · z of the exit before. Costs no
   * multiply-accumulates worth counting.
   */
  readonly averaging: number;
  /**
   * The same weight for the full network's output at the end of a cascade; nothing, and so the full network by itself, when left out.
   * What a drop and savings are measured against is the full network by itself all the same.
   */
  readonly lastAveraging?: number;
  /** What each exit's logits are divided by first (Guo et al. 2017, arXiv 1706.04599); nothing when left out. */
  readonly temperatures?: readonly number[];
}

/** The paper's: softmax maximum, top-1 accuracy, each exit by itself. */
export const DEFAULT_SCORING: Scoring = { criterion: 'softmax', top: 1, averaging: 0 };

/** All outputs averaged with one weight, the last one's too; nothing where it is 0. */
export function averagedBy(weight: number): Pick<Scoring, 'averaging' | 'lastAveraging'> {
  return { averaging: weight, ...(weight !== 0 && { lastAveraging: weight }) };
}

/** Whether outputs are kept for later ones, as log-probabilities. */
export function averagesOutputs({ averaging, lastAveraging = 0 }: Scoring): boolean {
  return averaging !== 0 || lastAveraging !== 0;
}

/** Whether what an exit says depends on which other exits are run before it. */
export function dependsOnEarlierExits(scoring: Scoring): boolean {
  return scoring.criterion === 'patience' || averagesOutputs(scoring);
}

/** Whether confidences tell images apart: averaged outputs are normalised, so that at the first exit all have the same energy. */
export function tellsImagesApart(scoring: Scoring): boolean {
  return scoring.criterion !== 'energy' || !averagesOutputs(scoring);
}

/**
 * Whether confidences lie between 0 and 1 on one scale for all exits, or count exits, so that one threshold means the same at each: energy
 * has no scale.
 */
export function hasScale({ criterion }: Pick<Scoring, 'criterion'>): boolean {
  return criterion !== 'energy';
}

/** A scoring in a word or two, as reports name it. */
export function scoringName({ criterion, averaging, lastAveraging = 0, top }: Scoring): string {
  return [
    criterion,
    ...(averaging === 0 ? [] : [`averaged ${averaging}`]),
    ...(lastAveraging === averaging ? [] : [lastAveraging === 0 ? 'last alone' : `last ${lastAveraging}`]),
    ...(top === 1 ? [] : [`top ${top}`]),
  ].join(', ');
}
