import { type ExitTable, exitsOfTable } from '../../exits/exit-table.js';
import { allExits, type ExitTables } from '../../exits/exit-tables.js';
import { replay } from '../../exits/replay.js';
import { enabledExits, exitNumbers, leavingCosts, type Thresholds } from '../../exits/thresholds.js';
import { chooseOnPath } from '../choose-on-path.js';
import {
  bestOrFullNetwork,
  betterPoint,
  meetsLimits,
  type OperatingPoint,
  pointOf,
  withoutIdleExits,
} from '../operating-point.js';
import { paperPath } from '../paths/paper-path.js';
import { type Limits, limitsOf, type Target } from '../target.js';
import { type ConfidenceGroups, confidenceGroups } from './confidence-groups.js';
import { jointTwoExits, singleExit } from './joint-two-exits.js';

/** Rounds over all exits before the search gives up on settling; it settles in two to five. */
const MOST_ROUNDS = 20;
/** Halvings of the exchange rate between right answers and cost. */
const HALVINGS = 30;

/**
 * All thresholds chosen together for a target. Exact for one and two exits; for more a heuristic: coordinate descent with the
 * exact step for one exit, for many exchange rates between right answers and cost, started from the paper's path, whose own
 * choice it never falls behind. Confidences must not depend on which exits are enabled. The more thresholds, the more the result fits the very images it was chosen from.
 *
 * @param enabled exits that may be used; all when left out.
 */
export function jointSearch(
  tables: ExitTables,
  target: Target,
  enabled: readonly boolean[] = allExits(tables),
): OperatingPoint {
  const limits = limitsOf(target, tables.images, tables.costs.full);
  const table = tables.table(enabled);
  const run = exitNumbers(enabled);
  if (run.length === 1) return bestOrFullNetwork(tables, singleExit(table, run[0]!, limits), limits);
  if (run.length === 2) {
    const { thresholds } = jointTwoExits(exitsOfTable(table, run), target);
    return pointOf(
      tables,
      table.exits.map((_, exit) => thresholds[run.indexOf(exit)] ?? null),
    );
  }
  return coordinateSearch(tables, enabled, target, limits);
}

function coordinateSearch(
  tables: ExitTables,
  enabled: readonly boolean[],
  target: Target,
  limits: Limits,
): OperatingPoint {
  const table = tables.table(enabled);
  const choices = choicesOf(table, enabled);
  const start = chooseOnPath(paperPath, tables, target, enabled);
  let best = start;
  // Cost that one right answer is worth, between nothing and more than all images together cost.
  let low = 0;
  let high = table.costs.full * table.images;
  let thresholds = start.thresholds;
  for (let halving = 0; halving < HALVINGS; halving++) {
    // The scale spans many orders of magnitude, so that it is the exponent which is halved.
    const rate = halving === 0 ? table.costs.full : Math.sqrt(Math.max(1, low) * high);
    thresholds = settle(table, choices, thresholds, rate);
    const point = withoutIdleExits(tables, pointOf(tables, thresholds), limits);
    best = betterPoint(best, point, limits);
    const found = meetsLimits(point, limits);
    // Lost too many: an answer must be worth more. Cost too much: less.
    const tooDear = target.kind === 'max-drop' ? found : !found;
    if (tooDear) high = rate;
    else low = rate;
  }
  return best;
}

/** Drops, in images out of a thousand, that the exact search is asked for. */
const FRONT_DROPS = Array.from({ length: 51 }, (_, index) => index / 1000);

/** Cost that a right answer is worth along a front, in full networks: from nearly nothing to a thousand. */
const FRONT_RATES = Array.from({ length: 49 }, (_, index) => 10 ** (3 - index / 12));

/**
 * Operating points of the joint search from accurate to cheap: the exact optima of many drops for one and two exits; for more,
 * where coordinate descent settles at many exchange rates.
 *
 * @param enabled exits that may be used; all when left out.
 */
export function jointFront(
  tables: ExitTables,
  enabled: readonly boolean[] = allExits(tables),
): readonly OperatingPoint[] {
  if (exitNumbers(enabled).length <= 2)
    return FRONT_DROPS.map((drop) => jointSearch(tables, { kind: 'max-drop', drop }, enabled));
  const table = tables.table(enabled);
  const choices = choicesOf(table, enabled);
  let thresholds: Thresholds = table.exits.map(() => null);
  return FRONT_RATES.map((rate) => {
    thresholds = settle(table, choices, thresholds, rate * table.costs.full);
    return pointOf(tables, thresholds);
  });
}

/** An exit that may be used, with the thresholds that it may have. */
interface Choice {
  readonly exit: number;
  readonly groups: ConfidenceGroups;
}

function choicesOf(table: ExitTable, enabled: readonly boolean[]): readonly Choice[] {
  return exitNumbers(enabled).map((exit) => ({
    exit,
    groups: confidenceGroups(table.exits[exit]!.confidence),
  }));
}

/** Coordinate descent: one exit after another gets the threshold that is best while the others stand still. */
function settle(table: ExitTable, choices: readonly Choice[], start: Thresholds, rate: number): Thresholds {
  let thresholds = start;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = thresholds;
    for (const { exit, groups } of choices)
      thresholds = thresholds.with(exit, bestThreshold(table, groups, thresholds, exit, rate));
    if (thresholds.every((threshold, exit) => threshold === before[exit])) break;
  }
  return thresholds;
}

/** The exact best threshold of one exit, the others fixed, for the sum of the costs and `rate` times the right answers lost. */
function bestThreshold(
  table: ExitTable,
  { order, groupOf, confidence }: ConfidenceGroups,
  thresholds: Thresholds,
  exit: number,
  rate: number,
): number | null {
  const exits = table.exits.length;
  const enabled = enabledExits(thresholds).with(exit, true);
  const costs = leavingCosts(table.costs, enabled);
  const costsWithout = leavingCosts(table.costs, enabled.with(exit, false));
  const price = (at: number, image: number): number => {
    const correct = at === exits ? table.fullCorrect[image]! : table.exits[at]!.correct[image]!;
    return costs[at]! + rate * (table.fullCorrect[image]! - correct);
  };
  const { leftAt } = replay(table, thresholds.with(exit, null));
  let change = 0;
  let least = 0;
  let surcharge = 0;
  let best: number | null = null;
  for (let position = 0; position < order.length; position++) {
    const image = order[position]!;
    const without = leftAt[image]!;
    if (without > exit) {
      change += price(exit, image) - price(without, image);
      surcharge += costs[without]! - costsWithout[without]!;
    }
    const group = groupOf[image]!;
    const next = order[position + 1];
    if (next !== undefined && groupOf[next] === group) continue;
    if (change < least) {
      least = change;
      best = confidence[group]!;
    }
  }
  // Every image that comes by pays for the exit, which must save more than that.
  return least + surcharge < 0 ? best : null;
}
