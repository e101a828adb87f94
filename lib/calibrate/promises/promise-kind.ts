import type { ExitTable } from '../../exits/exit-table.js';
import { accumulatedCounts, countsByGroup, type GroupCounts } from '../../exits/group-counts.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import type { Thresholds } from '../../exits/thresholds.js';

/**
 * The images that a largest drop is promised for, by the names that `--promise` takes.
 *
 * - `mean`: all images together.
 * - `per-exit`: also, for every exit, the images that leave at it or before it: the accumulated accuracy gap of Ringel et al. 2024
 *   (arXiv 2402.00857, section 3.2), with repairs set against breaks.
 * - `per-class`: the images of every class that the images which test show.
 */
export const PROMISE_KINDS = ['mean', 'per-exit', 'per-class'] as const;

/** The images that a largest drop is promised for, by a name. */
export type PromiseKind = (typeof PROMISE_KINDS)[number];

/** The groups of images that a promise holds for one by one, under some thresholds. */
export type Grouping = (
  table: ExitTable,
  thresholds: Thresholds,
  leftAt: ArrayLike<number>,
) => readonly GroupCounts[];

/** How a promise groups images; undefined for that of the mean, which takes them as they are. */
export function groupingOf(
  kind: PromiseKind,
  { labels, classes }: Pick<RecordedOutputs, 'labels' | 'classes'>,
): Grouping | undefined {
  switch (kind) {
    case 'mean':
      return undefined;
    case 'per-exit':
      return (table, thresholds, leftAt) => {
        const byExit = countsByGroup(table, leftAt, leftAt, thresholds.length + 1);
        return accumulatedCounts(byExit, thresholds).map(({ upTo: _, ...counts }) => counts);
      };
    case 'per-class':
      return (table, _thresholds, leftAt) =>
        countsByGroup(table, leftAt, labels, classes).filter(({ images }) => images > 0);
  }
}
