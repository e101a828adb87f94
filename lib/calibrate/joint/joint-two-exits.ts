import type { ExitTable } from '../../exits/exit-table.js';
import { fixedTables } from '../../exits/exit-tables.js';
import { leavingCosts, type Thresholds } from '../../exits/thresholds.js';
import { bestOrFullNetwork, type OperatingPoint } from '../operating-point.js';
import { isNewBest, type Limits, limitsOf, meets, type Target, type Totals } from '../target.js';
import { confidenceGroups } from './confidence-groups.js';
import { type Prefix, PrefixTree } from './prefix-tree.js';

/**
 * The exact optimum over all pairs of thresholds of two exits, disabled exits included, in O(N log N).
 *
 * The first threshold falls, group by group of equal confidence; for each, the images that go on to the second exit, the surest
 * first, ask for a prefix: the longest that loses no more than is left (`max-drop`), or the least losing of those long enough
 * (`max-cost`). Optimal on these images is not best on unseen ones.
 */
export function jointTwoExits(table: ExitTable, target: Target): OperatingPoint {
  const limits = limitsOf(target, table.images, table.costs.full);
  const tables = fixedTables(table);
  const candidates: Thresholds[] = [
    ...bothExits(table, limits),
    ...[0, 1].flatMap((exit) => singleExit(table, exit, limits)),
  ];
  return bestOrFullNetwork(tables, candidates, limits);
}

/** The best threshold of one exit with all others disabled, or none if no threshold meets the limits. */
export function singleExit(table: ExitTable, exit: number, limits: Limits): Thresholds[] {
  const costs = leavingCosts(
    table.costs,
    table.exits.map((_, index) => index === exit),
  );
  const groups = confidenceGroups(table.exits[exit]!.confidence);
  const tree = new PrefixTree(groups.confidence.length);
  for (const image of groups.order) tree.add(groups.groupOf[image]!, lostAt(table, exit, image), 1);
  const prefix = bestPrefix(tree, limits, 0, 0, table.images, costs[exit]!, costs.at(-1)!);
  if (prefix === undefined || prefix.groups === 0) return [];
  const totals = {
    lost: prefix.loss,
    cost: prefix.count * costs[exit]! + (table.images - prefix.count) * costs.at(-1)!,
  };
  if (!meets(totals, limits)) return [];
  return [table.exits.map((_, index) => (index === exit ? groups.confidence[prefix.groups - 1]! : null))];
}

function bothExits(table: ExitTable, limits: Limits): Thresholds[] {
  const costs = leavingCosts(table.costs, [true, true]);
  const [first, second] = table.exits.map((exit) => confidenceGroups(exit.confidence));
  const waiting = new PrefixTree(second!.confidence.length);
  for (let image = 0; image < table.images; image++)
    waiting.add(second!.groupOf[image]!, lostAt(table, 1, image), 1);
  let lostFirst = 0;
  let best: { readonly totals: Totals; readonly thresholds: Thresholds } | undefined;
  first!.order.forEach((image, position) => {
    waiting.add(second!.groupOf[image]!, -lostAt(table, 1, image), -1);
    lostFirst += lostAt(table, 0, image);
    const group = first!.groupOf[image]!;
    const next = first!.order[position + 1];
    if (next !== undefined && first!.groupOf[next] === group) return;
    const left = position + 1;
    const prefix = bestPrefix(
      waiting,
      limits,
      lostFirst,
      left * costs[0]!,
      table.images - left,
      costs[1]!,
      costs[2]!,
    );
    if (prefix === undefined || prefix.count === 0) return;
    const rest = table.images - left - prefix.count;
    const totals = {
      lost: lostFirst + prefix.loss,
      cost: left * costs[0]! + prefix.count * costs[1]! + rest * costs[2]!,
    };
    if (isNewBest(totals, best?.totals, limits)) {
      best = { totals, thresholds: [first!.confidence[group]!, second!.confidence[prefix.groups - 1]!] };
    }
  });
  return best === undefined ? [] : [withoutSlack(table, best.thresholds)];
}

/** How the images that wait at an exit are best parted, given what those before them have lost and cost. */
function bestPrefix(
  waiting: PrefixTree,
  limits: Limits,
  lost: number,
  cost: number,
  images: number,
  leavingCost: number,
  stayingCost: number,
): Prefix | undefined {
  if (limits.kind === 'max-drop') return waiting.longestWithin(limits.lost - lost);
  const excess = cost + images * stayingCost - limits.cost;
  return waiting.leastLossWith(Math.ceil(excess / (stayingCost - leavingCost)));
}

/** The second threshold raised to the least confidence that really leaves there: below it, nothing speaks for leaving. */
function withoutSlack(table: ExitTable, thresholds: Thresholds): Thresholds {
  const [first, second] = table.exits;
  let lowest = Number.POSITIVE_INFINITY;
  for (let image = 0; image < table.images; image++) {
    const confidence = second!.confidence[image]!;
    if (first!.confidence[image]! < thresholds[0]! && confidence >= thresholds[1]!)
      lowest = Math.min(lowest, confidence);
  }
  return [thresholds[0]!, lowest];
}

/** 1 where leaving at the exit breaks a right answer, −1 where it repairs a wrong one. */
function lostAt(table: ExitTable, exit: number, image: number): number {
  return table.fullCorrect[image]! - table.exits[exit]!.correct[image]!;
}
