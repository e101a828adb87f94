import { clopperPearson } from '../stats/clopper-pearson.js';
import { confidenceBins } from './confidence-bins.js';
import type { ExitColumn } from './exit-table.js';

/** Images of about the same confidence at an exit. */
export interface ReliabilityBin {
  readonly images: number;
  /** Mean of their confidences. */
  readonly confidence: number;
  /** Share of them that the exit has right, and the ends of its exact 95 % interval; fractions. */
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
}

const BINS = 10;

const COVERAGE = 0.95;

/**
 * How right an exit is by how sure it is, over all images, whether or not a cascade lets them leave there. Equal confidences stand in one bin.
 *
 * @returns from the least sure to the surest, at most ten.
 */
export function reliabilityBins({ confidence, correct }: ExitColumn, bins = BINS): readonly ReliabilityBin[] {
  return confidenceBins(confidence, bins).map((images) => binOf(images, { confidence, correct }));
}

function binOf(images: Uint32Array, { confidence, correct }: ExitColumn): ReliabilityBin {
  let sum = 0;
  let right = 0;
  for (const image of images) {
    sum += confidence[image]!;
    right += correct[image]!;
  }
  return {
    images: images.length,
    confidence: sum / images.length,
    accuracy: right / images.length,
    ...clopperPearson(right, images.length, COVERAGE),
  };
}
