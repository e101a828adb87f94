import { counted } from '../../counted.js';
import { CascadeError } from '../../errors.js';
import { chanceAgreement } from '../../stats/chance-agreement.js';
import { betterReading, CHANCE_LEVEL } from './choose-reading.js';
import { accuracyOf, isOneClass, type ReadingChoice } from './reading.js';

/** Fewer images cannot show that a weak network is better than chance at the strict level. */
const MANY_IMAGES = 250;

/** Probability of being as good by chance that is enough for few images. */
const LENIENT_LEVEL = 0.05;

/**
 * Refuses a network that answers no better than chance, given how often it gives each answer: of nothing that is made of it the
 * figures would mean anything. Of `MANY_IMAGES` or more it must be better than chance at `CHANCE_LEVEL`; of fewer at a lenient one.
 *
 * @param file named in the error.
 * @throws CascadeError if it is not.
 */
export function checkChance(choice: ReadingChoice, file: string): void {
  const { chosen, labels } = choice;
  const accuracy = accuracyOf(chosen, labels);
  // On images of one class any answer is as good as chance: only a network that is wrong about them is surely not of this data.
  if (isOneClass(labels) && accuracy > 0.5) return;
  const { chance, pValue } = chanceAgreement(chosen.answers, labels);
  if (pValue <= (labels.length >= MANY_IMAGES ? CHANCE_LEVEL : LENIENT_LEVEL)) return;
  const inPercent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const right = inPercent(accuracy);
  const better = betterReading(choice);
  const remedy =
    better === undefined
      ? 'its classes or preprocessing are not those of the data'
      : `normalised by ${better.reading.name} it is right on ${inPercent(accuracyOf(better, labels))}`;
  throw new CascadeError(
    `${file} is right on ${right} of ${counted(labels.length, 'fitting image')}, no better than chance (${inPercent(chance)}): ${remedy}; check --data and how its pixels are normalised (--mean, --std and --channels of cascade attach), or go on all the same with --force-backbone.`,
  );
}
