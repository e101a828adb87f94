import { binomialCdf } from './binomial-cdf.js';

/** Agreement of answers with labels, beside what it would be if the answers had nothing to do with the labels. */
export interface Agreement {
  /** Images whose answer is their label. */
  readonly hits: number;
  /** Share of hits to be expected by chance. */
  readonly chance: number;
  /** Probability of at least so many hits by chance. */
  readonly pValue: number;
}

/**
 * How surely answers agree with labels better than by chance. Chance is Cohen's (1960, Educational and Psychological Measurement
 * 20(1)): for each class the share of it among the answers times that among the labels, summed; so the share of the commonest class
 * for answers that always name that one, and one over the classes for answers spread evenly. The probability is the binomial
 * distribution's.
 *
 * @throws RangeError if there are not as many answers as labels, or none.
 * @example chanceAgreement([0, 0, 1, 1], [0, 0, 1, 1]) // { hits: 4, chance: 0.5, pValue: 0.0625 }
 */
export function chanceAgreement(answers: ArrayLike<number>, labels: ArrayLike<number>): Agreement {
  const { length } = labels;
  if (length === 0 || length !== answers.length)
    throw new RangeError(
      `chanceAgreement needs as many answers as labels, got ${answers.length} and ${length}`,
    );
  const answered = new Map<number, number>();
  const labelled = new Map<number, number>();
  let hits = 0;
  for (let index = 0; index < length; index++) {
    const [answer, label] = [answers[index]!, labels[index]!];
    if (answer === label) hits++;
    answered.set(answer, (answered.get(answer) ?? 0) + 1);
    labelled.set(label, (labelled.get(label) ?? 0) + 1);
  }
  let chance = 0;
  for (const [label, count] of labelled) chance += (count / length) * ((answered.get(label) ?? 0) / length);
  return { hits, chance, pValue: 1 - binomialCdf(hits - 1, length, Math.min(1, chance)) };
}
