import type { Answers } from '../../lib/calibrate/disputes/dispute.js';
import type { UnlabelledPath } from '../../lib/calibrate/disputes/unlabelled-path.js';
import { bettingLogEvidence } from '../../lib/stats/betting-log-evidence.js';
import { permutation } from '../../lib/stats/permutation.js';

export interface Bet {
  /** A fraction. */
  readonly drop: number;
  /** A fraction. */
  readonly confidence: number;
  /** Uniform numbers in [0, 1). */
  readonly random: () => number;
}

/** Images between two looks at the wealth. */
const LOOK = 10;

/**
 * Labels until a gambler has won enough on each candidate up to one, taking images in a random order: of an undisputed one the loss is known
 * without a label. Each candidate's wealth is a nonnegative supermartingale where its drop is too large, so that one may stop at any moment.
 *
 * @param truth of every disputed image.
 * @param point the candidate that is to be certified.
 * @returns undefined if all labels do not suffice.
 */
export function labelsByBetting(
  { disputes, images }: UnlabelledPath,
  truth: Answers,
  point: number,
  { drop, confidence, random }: Bet,
): number | undefined {
  const mattering = disputes.filter(({ others }) => others[0]!.from <= point);
  // Which of the images are disputed is left to the order: the first places of a random permutation are theirs.
  const order = permutation(images, random);
  const breaks = new Int32Array(point + 1);
  const repairs = new Int32Array(point + 1);
  const needed = -Math.log(1 - confidence);
  const open = new Set(breaks.keys());
  let labels = 0;
  for (let seen = 1; seen <= images; seen++) {
    const dispute = mattering[order[seen - 1]!];
    if (dispute !== undefined) {
      labels++;
      const answer = truth.get(dispute.image);
      const wasRight = answer != null && dispute.full.includes(answer);
      for (const { from, to, classes } of dispute.others) {
        const isRight = answer != null && classes.includes(answer);
        if (wasRight === isRight) continue;
        const counts = wasRight ? breaks : repairs;
        for (let candidate = from; candidate < Math.min(to, point + 1); candidate++) counts[candidate]!++;
      }
    }
    if (seen % LOOK !== 0 && seen < images) continue;
    for (const candidate of open) {
      const won = bettingLogEvidence(breaks[candidate]!, repairs[candidate]!, seen, drop);
      if (won >= needed) open.delete(candidate);
    }
    if (open.size === 0) return labels;
  }
  return undefined;
}
