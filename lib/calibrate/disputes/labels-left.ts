// Nothing but types is imported here: the page on which people label has this file in it as it is compiled.
import type { Answer, Answers, Dispute } from './dispute.js';
import type { Passes } from './passes.js';

/** What is known of a path's candidates, an element each. */
export interface AnsweredCounts {
  readonly breaks: Int32Array;
  readonly repairs: Int32Array;
  /** Disputed images without a label, each of which may be a break, a repair or neither. */
  readonly missing: Int32Array;
}

/**
 * Breaks and repairs of every candidate, as far as labels are known.
 *
 * @param points how many candidates the path has.
 */
export function countAnswers(disputes: readonly Dispute[], points: number, answers: Answers): AnsweredCounts {
  // Where a count rises and falls, from which it is summed up: an image is disputed at many candidates.
  const [breaks, repairs, missing] = [0, 0, 0].map(() => new Int32Array(points + 1)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  for (const { image, full, others } of disputes) {
    const answer = answers.get(image);
    for (const { from, to, classes } of others) {
      const counts = countOf(answer, full, classes);
      if (counts === undefined || from >= points) continue;
      const changes = { breaks, repairs, missing }[counts];
      changes[from]!++;
      changes[Math.min(to, points)]!--;
    }
  }
  return { breaks: summedUp(breaks), repairs: summedUp(repairs), missing: summedUp(missing) };
}

/** What an image counts as where it is disputed. */
function countOf(
  answer: Answer | undefined,
  full: readonly number[],
  classes: readonly number[],
): keyof AnsweredCounts | undefined {
  if (answer === undefined) return 'missing';
  const wasRight = answer !== null && full.includes(answer);
  const isRight = answer !== null && classes.includes(answer);
  if (wasRight === isRight) return undefined;
  return wasRight ? 'breaks' : 'repairs';
}

/** Sums up to each element but the last. */
function summedUp(changes: Int32Array): Int32Array {
  let sum = 0;
  return changes.map((change) => (sum += change)).subarray(0, -1);
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
  /** Open candidates up to each. */
  const open = [0];
  for (let point = 0; point < points; point++) {
    const [broken, repaired, unknown] = [breaks[point]!, repairs[point]!, missing[point]!];
    if (passes(broken, repaired + unknown) === false) break;
    open.push(open[point]! + Number(passes(broken + unknown, repaired) !== true));
  }
  const openBefore = (point: number): number => open[Math.min(point, open.length - 1)]!;
  return disputes.filter(
    ({ image, others }) =>
      !answers.has(image) && others.some(({ from, to }) => openBefore(to) > openBefore(from)),
  );
}
