import { type Calibration, promiseKind } from '../artifact/calibration.js';
import { contradictingGroups } from '../calibrate/promises/contradicts.js';
import type { DecisionRule } from '../exits/decision-rule.js';
import { tableFor } from '../exits/exit-tables.js';
import { accumulatedCounts, addCounts, countsByGroup, type GroupCounts } from '../exits/group-counts.js';
import { type RecordedOutputs, scoredTables, withoutLabels } from '../exits/recorded-outputs.js';
import { replay } from '../exits/replay.js';
import { percent } from '../stats/percent.js';
import { tangoInterval } from '../stats/tango-interval.js';
import { INTERVAL_CONFIDENCE, type NamedExit } from './evaluation.js';

/** What a cascade does with images of every exit and of every class, in sums. */
export interface GroupTotals {
  /** The images that leave at each exit, the full network last. */
  readonly byExit: readonly GroupCounts[];
  readonly byClass: readonly GroupCounts[];
}

/** What a cascade does with some of the images, in the vocabulary of the CSV files. */
export interface GroupEvaluation {
  /** What the images have in common. */
  readonly grouping: 'exit' | 'class';
  readonly group: string;
  readonly images: number;
  readonly breaks: number;
  readonly repairs: number;
  /** Null without images. */
  readonly drop_points: number | null;
  readonly drop_low_points: number | null;
  readonly drop_high_points: number | null;
  /** Whether these images contradict the promise that was made of them; null where none was. */
  readonly contradicted: boolean | null;
}

/** Level of the question whether any group contradicts its promise. */
const CONTRADICTION_LEVEL = 0.05;

/** @param rule that the labels, or the full network's predictions where those served, judge. */
export function groupTotals(
  outputs: RecordedOutputs,
  { scoring, thresholds }: DecisionRule,
  labels: Calibration['labels'],
): GroupTotals {
  const judged = labels === 'none' ? withoutLabels(outputs) : outputs;
  const table = tableFor(scoredTables(judged, scoring), thresholds);
  const { leftAt } = replay(table, thresholds);
  return {
    byExit: countsByGroup(table, leftAt, leftAt, thresholds.length + 1),
    byClass: countsByGroup(table, leftAt, judged.labels, judged.classes),
  };
}

/** Sums over two sets of images. */
export function addGroupTotals(first: GroupTotals, second: GroupTotals): GroupTotals {
  return {
    byExit: addCounts(first.byExit, second.byExit),
    byClass: addCounts(first.byClass, second.byClass),
  };
}

/**
 * Drops of the images that leave at every enabled exit or before it, then of those of every class.
 *
 * @param unseen whether the images had no part in the choice, so that they can contradict what is promised.
 */
export function evaluateGroups(
  { byExit, byClass }: GroupTotals,
  calibration: Pick<Calibration, 'rule' | 'promise' | 'target' | 'labels'>,
  exits: readonly NamedExit[],
  classNames: readonly string[],
  unseen: boolean,
): readonly GroupEvaluation[] {
  const { rule, target, labels } = calibration;
  const kind = promiseKind(calibration);
  const accumulated = accumulatedCounts(byExit, rule.thresholds).map(({ upTo, ...counts }) => {
    const exit = exits[upTo];
    return { ...counts, group: exit === undefined ? 'all images' : `${exit.name} or before` };
  });
  const classes = byClass.map((counts, label) => ({ ...counts, group: classNames[label] ?? String(label) }));
  const rowsOf = (
    grouping: GroupEvaluation['grouping'],
    groups: readonly (GroupCounts & Pick<GroupEvaluation, 'group'>)[],
  ): GroupEvaluation[] => {
    const isPromised = unseen && kind === `per-${grouping}` && target.kind === 'max-drop';
    const against = isPromised
      ? contradictingGroups(groups, target.drop, labels === 'none', CONTRADICTION_LEVEL)
      : [];
    return groups.map((counts) => ({
      ...{ grouping, group: counts.group },
      ...dropOf(counts),
      contradicted: isPromised ? against.includes(counts) : null,
    }));
  };
  return [...rowsOf('exit', accumulated), ...rowsOf('class', classes)];
}

function dropOf({ images, breaks, repairs }: GroupCounts) {
  const sums = { images, breaks, repairs };
  if (images === 0) return { ...sums, drop_points: null, drop_low_points: null, drop_high_points: null };
  const { low, high } = tangoInterval(breaks, repairs, images, INTERVAL_CONFIDENCE);
  return {
    ...sums,
    drop_points: percent((breaks - repairs) / images),
    drop_low_points: percent(low),
    drop_high_points: percent(high),
  };
}

/** The groups that a calibration promises something of, one by one; none where it is of all images together. */
export function promisedGroups(
  groups: readonly GroupEvaluation[],
  calibration: Pick<Calibration, 'promise'>,
): readonly GroupEvaluation[] {
  const kind = promiseKind(calibration);
  return groups.filter(({ grouping }) => kind === `per-${grouping}`);
}
