import type { Answer, Answers } from '../../lib/calibrate/disputes/dispute.js';
import { countAnswers, labelsLeft } from '../../lib/calibrate/disputes/labels-left.js';
import { mostBreaksPassing, type Passes, passesDropTest } from '../../lib/calibrate/disputes/passes.js';
import type { UnlabelledPath } from '../../lib/calibrate/disputes/unlabelled-path.js';

/** The test as a table that grows as it is asked, and answers many thousand questions at once. */
export function tabulatedTest(images: number, maxDrop: number, confidence: number): Passes {
  const table: number[] = [];
  const values = mostBreaksPassing(passesDropTest(images, maxDrop, confidence), images);
  return (breaks, repairs) => {
    while (table.length <= repairs) table.push(values.next().value!);
    return breaks <= table[repairs]!;
  };
}

/** Number of the last candidate before the first that does not pass with these labels, missing ones as breaks; −1 if there is none. */
export function lastPassing({ disputes, points }: UnlabelledPath, answers: Answers, passes: Passes): number {
  const { breaks, repairs, missing } = countAnswers(disputes, points.length, answers);
  const failed = points.findIndex(
    (_, point) => passes(breaks[point]! + missing[point]!, repairs[point]!) !== true,
  );
  return (failed === -1 ? points.length : failed) - 1;
}

/**
 * The labels that somebody gives who knows them all, one after another in the order of the list, until none is left that matters.
 *
 * @param labels of the images, by their number.
 */
export function labelUntilCertain(
  path: UnlabelledPath,
  labels: ArrayLike<number>,
  passes: Passes,
): ReadonlyMap<number, Answer> {
  const truth = new Map(path.disputes.map(({ image }) => [image, labels[image]!]));
  // Behind the first candidate that fails with all labels nobody gets: what lies there is left out, which saves most of the time.
  const points = Math.min(path.points.length, lastPassing(path, truth, passes) + 2);
  const disputes = path.disputes.filter(({ others }) => others[0]!.from < points);
  const answers = new Map<number, Answer>();
  for (;;) {
    const [next] = labelsLeft(disputes, points, answers, passes);
    if (next === undefined) return answers;
    answers.set(next.image, truth.get(next.image)!);
  }
}

/**
 * How many labels in the order of the list certify a candidate and all before it, missing ones counting as breaks, if nobody labels for
 * more.
 *
 * @param truth of every disputed image; with all of it the candidate passes.
 */
export function labelsForCandidate(
  path: UnlabelledPath,
  truth: ReadonlyMap<number, Answer>,
  point: number,
  passes: Passes,
): number {
  const upTo = {
    ...path,
    points: path.points.slice(0, point + 1),
    disputes: path.disputes.filter(({ others }) => others[0]!.from <= point),
  };
  const suffice = (labels: number): boolean => {
    const given = upTo.disputes.slice(0, labels).map(({ image }) => [image, truth.get(image)!] as const);
    return lastPassing(upTo, new Map(given), passes) === point;
  };
  let [least, most] = [0, upTo.disputes.length];
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (suffice(middle)) most = middle;
    else least = middle + 1;
  }
  return least;
}
