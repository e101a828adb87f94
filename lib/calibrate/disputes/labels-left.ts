// Nothing but types is imported here: the page on which people label has this file in it as it is compiled.
import type { Answers, Dispute } from './dispute.js';
import type { Passes } from './passes.js';

/** What is known of a path's candidates, an element each. */
export interface AnsweredCounts {
  readonly breaks: Uint32Array;
  readonly repairs: Uint32Array;
  /** Disputed images without a label, each of which may be a break, a repair or neither. */
  readonly missing: Uint32Array;
}

/**
 * Breaks and repairs of every candidate, as far as labels are known.
 *
 * @param points how many candidates the path has.
 */
export function countAnswers(disputes: readonly Dispute[], points: number, answers: Answers): AnsweredCounts {
  const breaks = new Uint32Array(points);
  const repairs = new Uint32Array(points);
  const missing = new Uint32Array(points);
  for (const { image, full, others } of disputes) {
    const answer = answers.get(image);
    for (const { from, to, classes } of others) {
      const wasRight = answer != null && full.includes(answer);
      const isRight = answer != null && classes.includes(answer);
      for (let point = from; point < Math.min(to, points); point++) {
        if (answer === undefined) missing[point]!++;
        else if (wasRight && !isRight) breaks[point]!++;
        else if (isRight && !wasRight) repairs[point]!++;
      }
    }
  }
  return { breaks, repairs, missing };
}

/**
 * The disputed images, in their order, whose labels may still change which candidate is the last that passes; none once that is certain,
 * whatever the labels that are missing would be. There are never more afterwards, whatever is answered.
 *
 * Candidates are tested from the first on up to one that fails. One that passes even if all its missing labels were breaks needs none of
 * them, and behind one that fails even if they all were repairs none is tested.
 *
 * @param passes more breaks must not pass where fewer do not, nor fewer repairs where more do not. Where it does not know, more labels may be
 * left than matter, never fewer.
 */
export function labelsLeft(
  disputes: readonly Dispute[],
  points: number,
  answers: Answers,
  passes: Passes,
): readonly Dispute[] {
  const { breaks, repairs, missing } = countAnswers(disputes, points, answers);
  const isOpen: boolean[] = [];
  for (let point = 0; point < points; point++) {
    const [broken, repaired, unknown] = [breaks[point]!, repairs[point]!, missing[point]!];
    if (passes(broken, repaired + unknown) === false) break;
    isOpen.push(passes(broken + unknown, repaired) !== true);
  }
  return disputes.filter(
    ({ image, others }) =>
      !answers.has(image) && others.some(({ from, to }) => isOpen.slice(from, to).includes(true)),
  );
}
