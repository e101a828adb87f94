import { confidenceBins } from '../../exits/confidence-bins.js';
import type { ExitColumn } from '../../exits/exit-table.js';
import { scoredBy, softmaxColumns } from './exit-columns.js';
import type { Neighbour, Scorer } from './neighbour.js';

/** Bins of an exit's confidences. */
const BINS = 50;

/** Bins of an exit's confidence with the accuracy of the held-out images in each. */
export interface AccuracyBins {
  /** The least confidence of each bin, ascending; what lies below the first counts to it. */
  readonly from: Float64Array;
  readonly accuracy: Float64Array;
}

/** Bins of about equally many images; equally sure ones are in the same. */
export function accuracyBins({ confidence, correct }: ExitColumn, bins = BINS): AccuracyBins {
  const made = confidenceBins(confidence, bins);
  return {
    from: Float64Array.from(made, (images) => confidence[images[0]!]!),
    accuracy: Float64Array.from(
      made,
      (images) => images.reduce((right, image) => right + correct[image]!, 0) / images.length,
    ),
  };
}

/** The held-out accuracy of images that were as sure. */
export function accuracyAt({ from, accuracy }: AccuracyBins, confidence: number): number {
  let low = 0;
  let high = from.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (from[middle]! <= confidence) low = middle + 1;
    else high = middle;
  }
  return accuracy[Math.max(0, low - 1)]!;
}

/** Performance Control Early Exiting. */
export const HELD_OUT_ACCURACY: Neighbour = {
  source: 'PCEE: Mofakhami et al. 2024, arXiv 2412.19325, performance control early exiting',
  differs: `The ${BINS} bins hold equally many images each, since confidences crowd where an exit is sure. One accuracy is asked of all exits, and swept.`,
  fit(making, top) {
    const bins = softmaxColumns(making, top).map((column) => accuracyBins(column));
    const scorer: Scorer = (outputs) =>
      scoredBy(
        outputs,
        top,
        softmaxColumns(outputs, top).map(({ confidence }, exit) =>
          confidence.map((value) => accuracyAt(bins[exit]!, value)),
        ),
      );
    const asked = new Set(bins.flatMap(({ accuracy }) => [...accuracy]));
    return [...asked]
      .sort((a, b) => b - a)
      .map((parameter) => ({ parameter, scorer, thresholds: bins.map(() => parameter) }));
  },
};
