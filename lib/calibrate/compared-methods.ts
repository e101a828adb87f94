import type { CriterionName } from '../exits/criteria.js';
import { averagedBy, dependsOnEarlierExits, tellsImagesApart } from '../exits/scoring.js';
import type { ComparedMethod } from './compare.js';
import type { FrontMethod } from './front.js';
import { NEIGHBOUR_NAMES, type NeighbourName } from './neighbours/neighbour-names.js';

/** Ways to choose thresholds and to score exits, to be combined. */
export interface MethodChoices {
  readonly methods: readonly (FrontMethod | NeighbourName)[];
  readonly criteria: readonly CriterionName[];
  /** Weights of earlier exits in the output. */
  readonly average: readonly number[];
  readonly top: number;
}

/**
 * Every combination that makes sense, for each set of exits, after one exit for all and a random one, by which they are judged. Published
 * methods bring their own scores along, and each is there once.
 *
 * @param exitSets positions of exits.
 */
export function comparedMethods(
  { methods, criteria, average, top }: MethodChoices,
  exitSets: readonly (readonly number[])[],
): readonly ComparedMethod[] {
  return exitSets.flatMap((exits): ComparedMethod[] => {
    const baseline = { exits, scoring: { criterion: 'softmax', averaging: 0, top } } as const;
    const scorings = criteria
      .flatMap((criterion) => average.map((averaging) => ({ criterion, top, ...averagedBy(averaging) })))
      .filter(tellsImagesApart);
    return [
      { kind: 'one-exit', ...baseline },
      { kind: 'random-exit', ...baseline },
      ...methods.flatMap((method): ComparedMethod[] =>
        isNeighbour(method)
          ? [{ kind: 'neighbour', method, ...baseline }]
          : scorings
              .filter((scoring) => method !== 'joint' || !dependsOnEarlierExits(scoring))
              .map((scoring) => ({ kind: 'thresholds', exits, method, scoring })),
      ),
    ];
  });
}

/** Whether a method is a published one, beside the ways of choosing thresholds. */
export function isNeighbour(method: FrontMethod | NeighbourName): method is NeighbourName {
  return NEIGHBOUR_NAMES.some((name) => name === method);
}
