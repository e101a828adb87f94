import { chooseCertified, type Search } from '../../lib/calibrate/calibrate.js';
import { contradictingGroups } from '../../lib/calibrate/promises/contradicts.js';
import { stratifiedHalves } from '../../lib/data/split.js';
import { tableFor } from '../../lib/exits/exit-tables.js';
import { accumulatedCounts, countsByGroup, type GroupCounts } from '../../lib/exits/group-counts.js';
import { outputRows, type RecordedOutputs, scoredTables } from '../../lib/exits/recorded-outputs.js';
import { replay } from '../../lib/exits/replay.js';
import { percent } from '../../lib/stats/percent.js';

/** Means over halvings; drops on the half that chose nothing, and 0 where nothing is certified. */
export type KeptFigures = {
  /** Images of each half. */
  readonly images: number;
  /** Share of the halvings on which anything is certified. */
  readonly certified_percent: number;
  readonly macs_saved_percent: number;
  readonly drop_points: number;
  /** Drop of the images that leave at an exit or before it, at the exit where it is largest. */
  readonly worst_exit_drop_points: number;
  readonly worst_class_drop_points: number;
  /** Halvings on which the judging half contradicts that drop, by an exact test, at some exit. */
  readonly exit_contradicted_splits: number;
  /** The same for some class. */
  readonly class_contradicted_splits: number;
};

/** A row of the CSV file. */
export type KeptRow = KeptFigures & {
  readonly cascade: string;
  readonly dataset: string;
  readonly promise: string;
  readonly max_drop_points: number;
  readonly splits: number;
};

const CONFIDENCE = 0.95;

/** Repeats choosing with a promise on one half and judging on the other, with the seeds 0 to `splits` − 1. @param drop a fraction. */
export function kindOverHalvings(
  outputs: RecordedOutputs,
  search: Search,
  drop: number,
  splits: number,
): KeptFigures {
  const runs = Array.from({ length: splits }, (_, seed) => {
    const [first, second] = stratifiedHalves(outputs.labels, seed);
    const making = outputRows(outputs, first);
    const { rule, point } = chooseCertified(making, search, { kind: 'max-drop', drop }, CONFIDENCE, seed);
    const judging = outputRows(outputs, second);
    const table = tableFor(scoredTables(judging, rule.scoring), rule.thresholds);
    const { breaks, repairs, cost, leftAt, images } = replay(table, rule.thresholds);
    const exits = countsByGroup(table, leftAt, leftAt, rule.thresholds.length + 1);
    const groups = {
      exit: accumulatedCounts(exits, rule.thresholds),
      class: countsByGroup(table, leftAt, judging.labels, judging.classes),
    };
    const isContradicted = (some: readonly GroupCounts[]): boolean =>
      contradictingGroups(some, drop, false, 1 - CONFIDENCE).length > 0;
    return {
      images,
      isCertified: point !== undefined,
      saved: 1 - cost / images / outputs.costs.full,
      drop: (breaks - repairs) / images,
      worstExit: worstDrop(groups.exit),
      worstClass: worstDrop(groups.class),
      isExitContradicted: isContradicted(groups.exit),
      isClassContradicted: isContradicted(groups.class),
    };
  });
  const mean = (value: (run: (typeof runs)[number]) => number): number =>
    percent(runs.reduce((sum, run) => sum + value(run), 0) / splits);
  return {
    images: runs[0]!.images,
    certified_percent: mean(({ isCertified }) => Number(isCertified)),
    macs_saved_percent: mean(({ saved }) => saved),
    drop_points: mean((run) => run.drop),
    worst_exit_drop_points: mean(({ worstExit }) => worstExit),
    worst_class_drop_points: mean(({ worstClass }) => worstClass),
    exit_contradicted_splits: runs.filter((run) => run.isExitContradicted).length,
    class_contradicted_splits: runs.filter((run) => run.isClassContradicted).length,
  };
}

/** The largest drop among groups that have images, a fraction. */
export function worstDrop(groups: readonly GroupCounts[]): number {
  return Math.max(
    ...groups.map(({ images, breaks, repairs }) =>
      images === 0 ? Number.NEGATIVE_INFINITY : (breaks - repairs) / images,
    ),
  );
}
