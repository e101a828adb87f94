import type { ExitTable } from '../exits/exit-table.js';
import { allExits, type ExitTables } from '../exits/exit-tables.js';
import { enabledExits } from '../exits/thresholds.js';
import {
  betterPoint,
  fullNetwork,
  type OperatingPoint,
  pointOf,
  withoutIdleExits,
} from './operating-point.js';
import type { PathMaker } from './paths/path-maker.js';
import { type PathOutcome, pathThresholds, replayPath, type ThresholdPath } from './paths/threshold-path.js';
import { isNewBest, limitsOf, type Target, type Totals } from './target.js';

/**
 * The point of a path that serves a target best by the cascade's own accuracy and cost on the table, or undefined if none meets
 * it. The drop is not monotone along a path, so every point is looked at.
 */
export function bestOnPath(path: ThresholdPath, table: ExitTable, target: Target): number | undefined {
  return bestPoint(replayPath(path, table), target, table.costs.full);
}

/** The same of points that were replayed. @param full cost of the full network for one image. */
export function bestPoint(
  { breaks, repairs, cost, images }: PathOutcome,
  target: Target,
  full: number,
): number | undefined {
  const limits = limitsOf(target, images, full);
  let best: number | undefined;
  let bestTotals: Totals | undefined;
  for (let point = 0; point < cost.length; point++) {
    const totals = { lost: breaks[point]! - repairs[point]!, cost: cost[point]! };
    if (isNewBest(totals, bestTotals, limits)) {
      best = point;
      bestTotals = totals;
    }
  }
  return best;
}

/**
 * The operating point that a family of paths offers for a target. Exits that do not pay at the point found are disabled and
 * the path is made and searched again without them, until all that are left pay. If nothing meets the target, the full
 * network.
 *
 * @param start exits that the search begins with; all when left out.
 */
export function chooseOnPath(
  makePath: PathMaker,
  tables: ExitTables,
  target: Target,
  start: readonly boolean[] = allExits(tables),
): OperatingPoint {
  const limits = limitsOf(target, tables.images, tables.costs.full);
  let best = fullNetwork(tables);
  let enabled = start;
  while (enabled.includes(true)) {
    const table = tables.table(enabled);
    const path = makePath(table, enabled);
    const index = bestOnPath(path, table, target);
    if (index === undefined) break;
    const found = pointOf(tables, pathThresholds(path, index), path.parameter[index]!);
    const pruned = withoutIdleExits(tables, found, limits);
    best = betterPoint(best, pruned, limits);
    const stillEnabled = enabledExits(pruned.thresholds);
    if (stillEnabled.join() === enabled.join()) break;
    enabled = stillEnabled;
  }
  return best;
}
