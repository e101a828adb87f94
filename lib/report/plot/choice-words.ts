import { inPoints } from '../numbers.js';
import type { EvalRow } from '../rows-read.js';
import { distinct } from './naming.js';

/** What a row says of a choice of thresholds. */
export type ChoiceRow = Pick<
  EvalRow,
  | 'max_drop_points'
  | 'max_macs_percent'
  | 'max_time_percent'
  | 'epsilon_points'
  | 'confidence_percent'
  | 'labels'
  | 'cost'
>;

/** What was asked of a choice, in a few words; empty where its row says nothing of it. */
export function askedWords({
  max_drop_points: drop,
  max_macs_percent: macs,
  max_time_percent: time,
  epsilon_points: epsilon,
  labels,
}: ChoiceRow): string {
  if (drop !== null) {
    if (labels === 'none') return `disagreement ≤ ${inPoints(drop)}`;
    if (drop === 0) return 'no drop';
    return drop < 0 ? `gain ≥ ${inPoints(-drop)}` : `drop ≤ ${inPoints(drop)}`;
  }
  if (macs !== null) return `MACs ≤ ${macs} %`;
  if (time !== null) return `time ≤ ${time} %`;
  return epsilon === null ? '' : `ε = ${epsilon} %`;
}

/**
 * Tells choices of thresholds apart in words: by what was asked of them, and by confidence, method and currency where some of them differ in it.
 *
 * @param rows that stand beside each other.
 */
export function tellingWords<R extends ChoiceRow>(
  rows: readonly R[],
  methodName: (row: R) => string,
): (row: R) => string {
  const parts: readonly ((row: R) => string)[] = [
    askedWords,
    ({ confidence_percent: sure }) => (sure === null ? 'no promise' : `${sure} % confidence`),
    methodName,
    ({ cost }) => (cost === 'time' ? 'by time' : cost === '' ? '' : 'by MACs'),
  ];
  const telling = parts.filter((part, index) => index === 0 || distinct(rows.map(part)).length > 1);
  return (row) =>
    telling
      .map((part) => part(row))
      .filter(Boolean)
      .join(', ');
}
