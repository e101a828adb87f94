import type { Evaluation } from './evaluation.js';
import { grouped, inPoints } from './numbers.js';

/** What a promise was asked for; one of the two is null. */
export interface PromisedTarget {
  readonly max_drop_points: number | null;
  readonly max_macs_percent: number | null;
  readonly confidence_percent: number | null;
  readonly labels: 'given' | 'none';
}

/** How a promise came out. */
export interface PromiseOutcome {
  /** What the choice without a promise does on the same images. */
  readonly empirical: Evaluation;
  readonly isKept: boolean;
  readonly imagesNeeded: number | null;
}

export const EMPIRICAL_WARNING =
  'The choice is empirical: on unseen images the drop or the cost is larger in about half of all cases.';

/** What is promised, what the promise costs, and what to do where nothing can be promised, in sentences. */
export function describePromise(
  target: PromisedTarget,
  { macs_saved_percent: saved }: Evaluation,
  { empirical, isKept, imagesNeeded }: PromiseOutcome,
): string {
  const { max_drop_points: drop, max_macs_percent: share, confidence_percent: confidence, labels } = target;
  if (!isKept) {
    const advice =
      imagesNeeded === null
        ? 'No number of calibration images would change that: accept a larger drop, or attach better heads'
        : `About ${grouped(imagesNeeded)} calibration images would do, or a larger drop`;
    return `Nothing can be promised with ${confidence} % confidence for a drop of at most ${inPoints(drop!)}: the full network is run for every image. ${advice}; --confidence none chooses without a promise (${savedWords(empirical)}).`;
  }
  const quantity = labels === 'none' ? 'share of images answered otherwise than by the full network' : 'drop';
  const statement =
    drop === null
      ? `the mean cost on images from this source is at most ${share} % of the full network's`
      : `the true ${quantity} on images from this source is at most ${inPoints(drop)}`;
  const stricter = labels === 'none' ? ' That bounds the drop of accuracy too, and is stricter than it.' : '';
  const cost =
    drop === null
      ? ''
      : ` The promise costs ${(empirical.macs_saved_percent - saved).toFixed(1)} points of the MACs: without it (--confidence none) ${savedWords(empirical)}, and the drop is exceeded on unseen images in about half of all cases.`;
  return `With ${confidence} % confidence ${statement}.${stricter}${cost}`;
}

function savedWords({ macs_saved_percent }: Evaluation): string {
  return `${macs_saved_percent.toFixed(1)} % would be saved`;
}
