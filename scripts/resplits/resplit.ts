import { chooseCertified, chooseEmpirically, type Search } from '../../lib/calibrate/calibrate.js';
import { certifiedThresholds, certifiedUnderDrop } from '../../lib/calibrate/certified-path.js';
import { judge, makePoints } from '../../lib/calibrate/compare.js';
import { stratifiedHalves } from '../../lib/data/split.js';
import { type DecisionRule, replayRule } from '../../lib/exits/decision-rule.js';
import { outputRows, type RecordedOutputs } from '../../lib/exits/recorded-outputs.js';
import { percent } from '../../lib/stats/percent.js';
import { quantile } from '../../lib/stats/quantile.js';

/** Figures of one method over many halvings, in percent and percentage points. */
export type ResplitFigures = {
  readonly method: string;
  /** Weight of the exits before, 0 where outputs are not averaged. */
  readonly averaging: number;
  readonly splits: number;
  /** Means of the MACs saved at a drop that is really at most so much on the half not chosen from. */
  readonly saved_at_half_point_percent: number;
  readonly saved_at_one_point_percent: number;
  readonly saved_at_two_points_percent: number;
  /** Asked for at most 1 point on one half: what comes of it on the other. */
  readonly empirical_median_drop_points: number;
  readonly empirical_worst_drop_points: number;
  readonly empirical_saved_percent: number;
  readonly certified_median_drop_points: number;
  readonly certified_worst_drop_points: number;
  /** Halvings on which the certified choice really drops more than asked. */
  readonly certified_over: number;
  readonly certified_saved_percent: number;
  /** What the same path saves where no drop, half a point or two points are asked of it. */
  readonly certified_saved_at_no_drop_percent: number;
  readonly certified_saved_at_half_point_percent: number;
  readonly certified_saved_at_two_points_percent: number;
  /** Median share of the savings that the promise costs. */
  readonly promise_price_percent: number;
};

export type ResplitRow = ResplitFigures & { readonly cascade: string; readonly exits: string };

const DROPS = [0.005, 0.01, 0.02];
const ASKED = 0.01;
/** Asked of the same path as well. */
const OTHERS = [0, 0.005, 0.02];
const CONFIDENCE = 0.95;

/** Repeats choosing on one half and judging on the other, with the seeds 0 to `splits` − 1. */
export function resplit(outputs: RecordedOutputs, search: Search, splits: number): ResplitFigures {
  const exits = outputs.exitLogits.map((_, exit) => exit);
  const target = { kind: 'max-drop', drop: ASKED } as const;
  const runs = Array.from({ length: splits }, (_, seed) => {
    const [first, second] = stratifiedHalves(outputs.labels, seed);
    const [making, judging] = [outputRows(outputs, first), outputRows(outputs, second)];
    const method = { kind: 'thresholds', exits, method: search.method, scoring: search.scoring } as const;
    const empirical = chooseEmpirically(making, search, target);
    const { rule, path } = chooseCertified(making, search, target, CONFIDENCE, seed);
    const certifiedAt = (drop: number): number => {
      const point = certifiedUnderDrop(path, drop, CONFIDENCE, outputs.costs);
      return realised(judging, { ...rule, thresholds: certifiedThresholds(point, exits.length) }).saved;
    };
    return {
      savedAtDrop: judge(makePoints(method, making), judging, DROPS, []).savedAtDrop,
      empirical: realised(judging, empirical.rule),
      certified: realised(judging, rule),
      certifiedAt: OTHERS.map(certifiedAt),
    };
  });
  const savedAt = (drop: number): number => percent(mean(runs.map(({ savedAtDrop }) => savedAtDrop[drop]!)));
  const certifiedSavedAt = (other: number): number =>
    percent(mean(runs.map(({ certifiedAt }) => certifiedAt[other]!)));
  const empiricalDrops = runs.map(({ empirical }) => empirical.drop);
  const certifiedDrops = runs.map(({ certified }) => certified.drop);
  return {
    method: search.method,
    averaging: search.scoring.averaging,
    splits,
    saved_at_half_point_percent: savedAt(0),
    saved_at_one_point_percent: savedAt(1),
    saved_at_two_points_percent: savedAt(2),
    empirical_median_drop_points: percent(quantile(empiricalDrops, 0.5)),
    empirical_worst_drop_points: percent(Math.max(...empiricalDrops)),
    empirical_saved_percent: percent(mean(runs.map(({ empirical }) => empirical.saved))),
    certified_median_drop_points: percent(quantile(certifiedDrops, 0.5)),
    certified_worst_drop_points: percent(Math.max(...certifiedDrops)),
    certified_over: certifiedDrops.filter((drop) => drop > ASKED).length,
    certified_saved_percent: percent(mean(runs.map(({ certified }) => certified.saved))),
    certified_saved_at_no_drop_percent: certifiedSavedAt(0),
    certified_saved_at_half_point_percent: certifiedSavedAt(1),
    certified_saved_at_two_points_percent: certifiedSavedAt(2),
    promise_price_percent: percent(
      quantile(
        runs.map(({ empirical, certified }) => 1 - certified.saved / empirical.saved),
        0.5,
      ),
    ),
  };
}

/** Drop and share of MACs saved on images that had no part in the choice, fractions. */
export function realised(
  outputs: RecordedOutputs,
  rule: DecisionRule,
): { readonly drop: number; readonly saved: number } {
  const { images, breaks, repairs, cost } = replayRule(outputs, rule);
  return { drop: (breaks - repairs) / images, saved: 1 - cost / images / outputs.costs.full };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
