import { FULL_NETWORK } from '../artifact/exit-names.js';
import type { Prices } from '../artifact/timings/prices.js';
import { type DecisionRule, replayRule } from '../exits/decision-rule.js';
import type { RecordedOutputs } from '../exits/recorded-outputs.js';
import type { ReplayTotals } from '../exits/replay.js';
import { costOf, enabledExits, leavingCosts, type Thresholds } from '../exits/thresholds.js';
import { percent } from '../stats/percent.js';
import { tangoInterval } from '../stats/tango-interval.js';

/** Confidence of the interval around a measured drop. */
export const INTERVAL_CONFIDENCE = 0.95;

/** What a cascade takes for one image by a measurement of its exits; all null without one. */
export interface PredictedTime {
  /** Images at once in the measurement. */
  readonly batch_size: number | null;
  /** Mean over the images, every visited head billed. */
  readonly predicted_milliseconds_per_image: number | null;
  /** Time of the bare network. */
  readonly predicted_full_milliseconds_per_image: number | null;
  readonly predicted_time_saved_percent: number | null;
}

/** What a cascade does on a split, in the vocabulary of the CSV files: percentages, points, MACs and time for one image. */
export interface Evaluation extends PredictedTime {
  readonly images: number;
  readonly full_accuracy_percent: number;
  readonly accuracy_percent: number;
  /** Accuracy of the full network minus that of the cascade, in percentage points. */
  readonly drop_points: number;
  /** Ends of the paired 95 % interval of the drop (Tango's score interval). */
  readonly drop_low_points: number;
  readonly drop_high_points: number;
  /** Mean over the images, every visited head billed. */
  readonly macs_per_image: number;
  /** Cost of the bare network. */
  readonly full_macs: number;
  readonly macs_saved_percent: number;
  /** The last row is the full network's own classifier. */
  readonly exits: readonly ExitShare[];
}

export interface ExitShare {
  /** As reports call it, e.g. `block 8`. */
  readonly name: string;
  /** Residual block after which the exit stands; null for the full network, and at the end of a network of a chain. */
  readonly block: number | null;
  /** Null for a disabled exit and for the full network, which takes what is left. */
  readonly threshold: number | null;
  readonly enabled: boolean;
  readonly share_percent: number;
  /** Share of the images that left here which are classified rightly; null if none left. */
  readonly accuracy_percent: number | null;
  /** What an image that leaves here costs, the heads on the way included. */
  readonly macs: number;
  /** The same in time; null without a measurement. */
  readonly predicted_milliseconds: number | null;
}

/** An exit as reports name it. */
export type NamedExit = Pick<ExitShare, 'name' | 'block'>;

/** Replays a rule on recorded outputs and sums up. */
export function evaluateOutputs(
  outputs: RecordedOutputs,
  rule: DecisionRule,
  prices: Prices,
  exits: readonly NamedExit[],
): Evaluation {
  return evaluateTotals(replayRule(outputs, rule), prices, rule.thresholds, exits);
}

/** Percentages, points and an interval from sums. */
export function evaluateTotals(
  { images, counts, correctCounts, breaks, repairs }: Omit<ReplayTotals, 'cost'>,
  { macs, time }: Prices,
  thresholds: Thresholds,
  named: readonly NamedExit[],
): Evaluation {
  const enabled = enabledExits(thresholds);
  const macsEach = leavingCosts(macs, enabled);
  const timeEach = time && leavingCosts(time.costs, enabled);
  const correct = correctCounts.reduce((sum, count) => sum + count, 0);
  const drop = tangoInterval(breaks, repairs, images, INTERVAL_CONFIDENCE);
  const perImage = costOf(counts, macs, enabled) / images;
  return {
    images,
    full_accuracy_percent: percent((correct + breaks - repairs) / images),
    accuracy_percent: percent(correct / images),
    drop_points: percent((breaks - repairs) / images),
    drop_low_points: percent(drop.low),
    drop_high_points: percent(drop.high),
    macs_per_image: Math.round(perImage),
    full_macs: macs.full,
    macs_saved_percent: percent(1 - perImage / macs.full),
    ...predictedTime(counts, time, enabled),
    exits: counts.map((count, exit) => ({
      name: named[exit]?.name ?? FULL_NETWORK,
      block: named[exit]?.block ?? null,
      threshold: thresholds[exit] ?? null,
      enabled: enabled[exit] ?? true,
      share_percent: percent(count / images),
      accuracy_percent: count === 0 ? null : percent(correctCounts[exit]! / count),
      macs: macsEach[exit]!,
      predicted_milliseconds: timeEach && inMilliseconds(timeEach[exit]!),
    })),
  };
}

/** @param counts of images that leave at each exit, the full network last. */
export function predictedTime(
  counts: readonly number[],
  time: Prices['time'],
  enabled: readonly boolean[],
): PredictedTime {
  if (time === null) {
    return {
      batch_size: null,
      predicted_milliseconds_per_image: null,
      predicted_full_milliseconds_per_image: null,
      predicted_time_saved_percent: null,
    };
  }
  const { costs, timing } = time;
  const images = counts.reduce((sum, count) => sum + count, 0);
  const perImage = costOf(counts, costs, enabled) / images;
  return {
    batch_size: timing.batch_size,
    predicted_milliseconds_per_image: inMilliseconds(perImage),
    predicted_full_milliseconds_per_image: inMilliseconds(costs.full),
    predicted_time_saved_percent: percent(1 - perImage / costs.full),
  };
}

/** To the nanosecond. */
export function inMilliseconds(nanoseconds: number): number {
  return Math.round(nanoseconds) / 1e6;
}
