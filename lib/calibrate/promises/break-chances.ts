import type { ExitColumn, ExitTable } from '../../exits/exit-table.js';
import { logistic } from '../../stats/logistic.js';
import { logisticRegression } from '../../stats/logistic-regression.js';

/**
 * How probably each image breaks where it leaves, by how sure the exit is of it among all images: a logistic regression on the log-odds of
 * its rank. What few mistakes of sure images leave to chance, the many of unsure ones tell: mistakes get rarer the surer an exit is.
 *
 * @returns chances for each exit, and last what the full network's end really does.
 */
export function breakChances({
  images,
  exits,
  fullCorrect,
  lastCorrect = fullCorrect,
}: ExitTable): readonly ArrayLike<number>[] {
  const breaksOf = (correct: Uint8Array): Uint8Array =>
    Uint8Array.from(fullCorrect, (full, image) => Number(full > correct[image]!));
  const chances = exits.map(({ confidence, correct }) => {
    const ranks = rankLogOdds(confidence, images);
    const { intercept, slope } = logisticRegression(ranks, breaksOf(correct));
    return ranks.map((rank) => logistic(intercept + slope * rank));
  });
  return [...chances, breaksOf(lastCorrect)];
}

/** ln(r / (1 − r)) of the rank r of each confidence among all, from 0 to 1; equal ones have the same, in their middle. */
function rankLogOdds(confidence: ExitColumn['confidence'], images: number): Float64Array {
  const order = Uint32Array.from(confidence, (_, image) => image).sort(
    (a, b) => confidence[a]! - confidence[b]!,
  );
  const ranks = new Float64Array(images);
  for (let start = 0, end = 0; start < images; start = end) {
    while (end < images && confidence[order[end]!] === confidence[order[start]!]) end++;
    const rank = (start + end) / 2 / images;
    for (let place = start; place < end; place++) ranks[order[place]!] = Math.log(rank / (1 - rank));
  }
  return ranks;
}
