import { FULL_NETWORK } from '../artifact/exit-names.js';
import { type DecisionRule, replayRule } from '../exits/decision-rule.js';
import type { ExitCosts } from '../exits/exit-table.js';
import type { RecordedOutputs } from '../exits/recorded-outputs.js';
import type { Totals } from '../exits/replay.js';
import { enabledExits, leavingCosts, type Thresholds } from '../exits/thresholds.js';
import { percent } from '../stats/percent.js';
import { tangoInterval } from '../stats/tango-interval.js';

/** Confidence of the interval around a measured drop. */
const INTERVAL_CONFIDENCE = 0.95;

/** What a cascade does on a split, in the vocabulary of the CSV files: percentages, points, MACs for one image. */
export interface Evaluation {
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
}

/** An exit as reports name it. */
export type NamedExit = Pick<ExitShare, 'name' | 'block'>;

/** Replays a rule on recorded outputs and sums up. */
export function evaluateOutputs(
  outputs: RecordedOutputs,
  rule: DecisionRule,
  exits: readonly NamedExit[],
): Evaluation {
  return evaluateTotals(replayRule(outputs, rule), outputs.costs, rule.thresholds, exits);
}

/** Percentages, points and an interval from sums. */
export function evaluateTotals(
  { images, counts, correctCounts, breaks, repairs, cost }: Totals,
  exitCosts: ExitCosts,
  thresholds: Thresholds,
  named: readonly NamedExit[],
): Evaluation {
  const enabled = enabledExits(thresholds);
  const costs = leavingCosts(exitCosts, enabled);
  const correct = correctCounts.reduce((sum, count) => sum + count, 0);
  const drop = tangoInterval(breaks, repairs, images, INTERVAL_CONFIDENCE);
  const perImage = cost / images;
  return {
    images,
    full_accuracy_percent: percent((correct + breaks - repairs) / images),
    accuracy_percent: percent(correct / images),
    drop_points: percent((breaks - repairs) / images),
    drop_low_points: percent(drop.low),
    drop_high_points: percent(drop.high),
    macs_per_image: Math.round(perImage),
    full_macs: exitCosts.full,
    macs_saved_percent: percent(1 - perImage / exitCosts.full),
    exits: counts.map((count, exit) => ({
      name: named[exit]?.name ?? FULL_NETWORK,
      block: named[exit]?.block ?? null,
      threshold: thresholds[exit] ?? null,
      enabled: enabled[exit] ?? true,
      share_percent: percent(count / images),
      accuracy_percent: count === 0 ? null : percent(correctCounts[exit]! / count),
      macs: costs[exit]!,
    })),
  };
}
