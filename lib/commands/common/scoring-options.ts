import { type Command, Option } from 'commander';
import { usageError } from '../../errors.js';
import { CRITERION_NAMES, type CriterionName } from '../../exits/criteria.js';
import {
  averagedBy,
  DEFAULT_SCORING,
  dependsOnEarlierExits,
  type Scoring,
  tellsImagesApart,
} from '../../exits/scoring.js';
import { parseCount, parsePlainNumber } from './parse.js';

/** Options of every command that makes predictions and confidences from recorded logits. */
export interface ScoringOptions {
  readonly criterion: CriterionName;
  readonly average: number;
  readonly top: number;
}

export const SCORING_DEFAULTS: ScoringOptions = {
  criterion: DEFAULT_SCORING.criterion,
  average: DEFAULT_SCORING.averaging,
  top: DEFAULT_SCORING.top,
};

export function withScoringOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--criterion <name>', 'measure of confidence')
        .choices(CRITERION_NAMES)
        .default(SCORING_DEFAULTS.criterion),
    )
    .option(
      '--average <weight>',
      'add the outputs of earlier exits with this weight, e.g. 0.4',
      parsePlainNumber,
      SCORING_DEFAULTS.average,
    )
    .option(
      '--top <k>',
      'count an answer as right if it is among the k likeliest',
      parseCount,
      SCORING_DEFAULTS.top,
    );
}

/**
 * @param method the search that the scoring is for.
 * @throws CascadeError if a number makes no sense for the classes that there are, or the search cannot do with the scoring.
 */
export function scoringOf(
  { criterion, average, top }: ScoringOptions,
  classes: number,
  method: string,
): Scoring {
  if (!(average >= 0 && average < 1))
    throw usageError(`--average ${average} is not a weight of at least 0 and below 1, such as 0.4.`);
  if (top < 1 || top >= classes)
    throw usageError(`--top ${top} is not between 1 and ${classes - 1}, with ${classes} classes.`);
  const scoring = { criterion, top, ...averagedBy(average) };
  if (!tellsImagesApart(scoring))
    throw usageError(
      '--criterion energy says nothing about averaged outputs, which are normalised; leave out --average.',
    );
  if (method === 'joint' && dependsOnEarlierExits(scoring)) {
    throw usageError(
      '--method joint needs confidences that do not depend on other exits; leave out --average and --criterion patience.',
    );
  }
  return scoring;
}
