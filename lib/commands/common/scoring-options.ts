import { type Command, Option } from 'commander';
import type { Search } from '../../calibrate/calibrate.js';
import { type Averaged, defaultAveraging } from '../../calibrate/default-search.js';
import { usageError } from '../../errors.js';
import { CRITERION_NAMES, type CriterionName } from '../../exits/criteria.js';
import {
  averagedBy,
  DEFAULT_SCORING,
  dependsOnEarlierExits,
  hasScale,
  type Scoring,
  tellsImagesApart,
} from '../../exits/scoring.js';
import { parseCount, parseWeight } from './parse.js';

/** Options of every command that makes predictions and confidences from recorded logits. */
export interface ScoringOptions {
  readonly criterion: CriterionName;
  /** A weight, or one to be chosen; one by the kind of exits when left out. */
  readonly average?: number | 'auto';
  readonly top: number;
}

export const SCORING_DEFAULTS: ScoringOptions = {
  criterion: DEFAULT_SCORING.criterion,
  top: DEFAULT_SCORING.top,
};

/** Weights that `--average auto` chooses from. */
const WEIGHTS = [0, 0.2, 0.4, 0.6, 0.8] as const;

/** @param defaults nothing where a command has others, that only its body knows. */
export function withScoringOptions(
  command: Command,
  defaults: Partial<ScoringOptions> = SCORING_DEFAULTS,
): Command {
  return command
    .addOption(
      new Option('--criterion <name>', 'measure of confidence')
        .choices(CRITERION_NAMES)
        .default(defaults.criterion),
    )
    .option(
      '--average <weight>',
      'add the outputs of earlier exits with this weight, 0 for none; auto: chosen on the images that make the path (default: 0.4 for heads and behind a much smaller network, 0.8 for networks in a row)',
      parseWeight,
    )
    .option('--top <k>', 'count an answer as right if it is among the k likeliest', parseCount, defaults.top);
}

/** How outputs are scored, as a search takes it. */
export type AskedScoring = Pick<Search, 'scoring' | 'scorings'>;

/**
 * @param classes how many there are.
 * @param search what the scoring is for.
 * @throws CascadeError if a number makes no sense for the classes that there are, or the search cannot do with the scoring.
 */
export function scoringOf(
  { criterion, average, top }: ScoringOptions,
  classes: number,
  search: Omit<Averaged, 'criterion'>,
): AskedScoring {
  const { method, labelFree } = search;
  if (typeof average === 'number' && !(average >= 0 && average < 1))
    throw usageError(`--average ${average} is not a weight of at least 0 and below 1, such as 0.4.`);
  if (top < 1 || top >= classes)
    throw usageError(`--top ${top} is not between 1 and ${classes - 1}, with ${classes} classes.`);
  const weights = average === 'auto' ? WEIGHTS : [average ?? defaultAveraging({ ...search, criterion })];
  const scorings = weights.map((weight): Scoring => {
    // Without labels the full network is right by definition, and whatever is added to it at the end only disagrees.
    const averaged = labelFree ? { averaging: weight } : averagedBy(weight);
    return { criterion, top, ...averaged };
  });
  if (!scorings.every(tellsImagesApart))
    throw usageError(
      '--criterion energy says nothing about averaged outputs, which are normalised; leave out --average.',
    );
  if (method === 'shared' && !hasScale({ criterion }))
    throw usageError(
      '--method shared needs confidences on one scale, which energy has not; take --method paper-path or another --criterion.',
    );
  if (method === 'joint' && scorings.some(dependsOnEarlierExits)) {
    throw usageError(
      '--method joint needs confidences that do not depend on other exits; leave out --average and --criterion patience.',
    );
  }
  const [scoring] = scorings;
  return average === 'auto' ? { scoring: scoring!, scorings } : { scoring: scoring! };
}
