import type { ExitTable } from '../exits/exit-table.js';
import type { Thresholds } from '../exits/thresholds.js';
import { type ReliabilityCurve, reliabilityCurve } from './reliability.js';

/** Rounding that separates equal fractions: far below 1/images for any data set. */
const ROUNDING = 1e-12;

/**
 * One exit's thresholds under the paper's rule for every accuracy slack ε: from `epsilon[k]` on, until the next, the threshold
 * is `threshold[k]`. Ascending in ε, descending in the threshold.
 */
export interface ThresholdSteps {
  readonly epsilon: Float64Array;
  readonly threshold: Float64Array;
}

/**
 * The paper's rule for one exit and all ε at once. For a slack ε the threshold is the smallest confidence δ with
 * α(δ) ≥ max α − ε (Berestizshevsky & Even, arXiv 1805.10982, section 3); it changes only at confidences whose α exceeds that
 * of every smaller one.
 */
export function thresholdSteps({ confidence, accuracy }: ReliabilityCurve): ThresholdSteps {
  const records: number[] = [];
  let highest = Number.NEGATIVE_INFINITY;
  accuracy.forEach((value, position) => {
    if (value > highest + ROUNDING) {
      highest = value;
      records.push(position);
    }
  });
  records.reverse();
  return {
    epsilon: Float64Array.from(records, (position) => highest - accuracy[position]!),
    threshold: Float64Array.from(records, (position) => confidence[position]!),
  };
}

/** The threshold at a slack: that of the last step at or below it. */
export function thresholdAt({ epsilon, threshold }: ThresholdSteps, slack: number): number {
  let step = 0;
  while (step + 1 < epsilon.length && epsilon[step + 1]! <= slack + ROUNDING) step++;
  return threshold[step]!;
}

/**
 * The paper's thresholds for an accuracy slack, each exit by itself over all images of the table, not only those that reach it.
 * ε bounds how much less accurate each exit may be than at its best; it is not the cascade's drop.
 *
 * @param epsilon a fraction: 0.01 is one percentage point.
 */
export function paperThresholds(table: ExitTable, epsilon: number): Thresholds {
  return table.exits.map((exit) => thresholdAt(thresholdSteps(reliabilityCurve(exit)), epsilon));
}
