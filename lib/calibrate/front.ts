import type { CriterionName } from '../exits/criteria.js';
import { allExits, type ExitTables } from '../exits/exit-tables.js';
import { enabledExits } from '../exits/thresholds.js';
import { chooseOnPath } from './choose-on-path.js';
import { jointFront } from './joint/joint-search.js';
import { fullNetwork, type OperatingPoint, pointOf } from './operating-point.js';
import { type PathMaker, type PathMethod, pathMakerOf } from './paths/path-maker.js';
import { countAtLeast, pathThrough, surestFirst } from './paths/small-steps.js';
import { pathThresholds, replayPath } from './paths/threshold-path.js';

/** Methods that offer a range of operating points. */
export type FrontMethod = PathMethod | 'joint';

/** Most points of a front; neighbours closer than this in MACs cannot be told apart in a picture. */
const MOST_POINTS = 200;

/**
 * The operating points of a method that are cheaper than the full network, from safe to cheap: the first saves next to nothing, each
 * saves more than the one before. What the tables show of a point's accuracy decides nothing, so that images which by chance make a
 * cheap point look faultless do not hide the safer ones from a test on others.
 *
 * @param criterion that the tables were scored by.
 * @param enabled exits that may be used; all when left out.
 */
export function operatingPath(
  tables: ExitTables,
  method: FrontMethod,
  criterion: CriterionName,
  enabled: readonly boolean[] = allExits(tables),
): readonly OperatingPoint[] {
  const full = fullNetwork(tables).outcome.cost;
  const points =
    method === 'joint'
      ? jointPath(tables, enabled)
      : pathPoints(tables, pathMakerOf(method, criterion), enabled);
  const path: OperatingPoint[] = [];
  for (const point of points) if (point.outcome.cost < (path.at(-1)?.outcome.cost ?? full)) path.push(point);
  return path;
}

/**
 * Which exits the points of a front may have: all of them at every point, or also the sets that pay at some drop, which is slower and
 * better where heads are dear, or also given sets.
 */
export type FrontExits = 'all' | 'paying' | readonly (readonly boolean[])[];

/**
 * The operating points of a method: the full network, then those that are cheaper, from the dearest on, undominated on the
 * tables: none of them is both cheaper and at least as accurate as another. Evaluated on other images they may dominate one another.
 *
 * @param criterion that the tables were scored by.
 * @param exits which exits its points may have; `paying` is `all` to the joint search, which chooses for itself.
 */
export function operatingFront(
  tables: ExitTables,
  method: FrontMethod,
  criterion: CriterionName,
  exits: FrontExits = 'all',
): readonly OperatingPoint[] {
  const all = operatingPath(tables, method, criterion);
  const sets =
    exits === 'paying' && method !== 'joint' ? payingSets(tables, pathMakerOf(method, criterion)) : exits;
  if (typeof sets === 'string') return [fullNetwork(tables), ...undominated(all)];
  const paths = sets.map((set) => operatingPath(tables, method, criterion, set));
  const points = [all, ...paths].flat().sort((a, b) => b.outcome.cost - a.outcome.cost);
  return [fullNetwork(tables), ...undominated(points)];
}

/** Drops, as fractions, at which exits that pay are looked for. */
const SEARCHED_DROPS = [0, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1];

/** The sets of exits that pay at some drop, each once. */
function payingSets(tables: ExitTables, makePath: PathMaker): readonly (readonly boolean[])[] {
  const sets = SEARCHED_DROPS.map((drop) =>
    enabledExits(chooseOnPath(makePath, tables, { kind: 'max-drop', drop }).thresholds),
  );
  return distinctSets(sets);
}

/** Sets of exits, each once. */
export function distinctSets(sets: readonly (readonly boolean[])[]): readonly (readonly boolean[])[] {
  return [...new Map(sets.map((set) => [set.join(), set])).values()];
}

function pathPoints(
  tables: ExitTables,
  makePath: PathMaker,
  enabled: readonly boolean[],
): readonly OperatingPoint[] {
  if (!enabled.includes(true)) return [];
  const table = tables.table(enabled);
  const path = makePath(table, enabled);
  const { cost: costs } = replayPath(path, table);
  const step = (costs[0]! - costs.at(-1)!) / MOST_POINTS;
  const points: OperatingPoint[] = [];
  let next = Number.POSITIVE_INFINITY;
  costs.forEach((cost, index) => {
    if (cost > next && index < costs.length - 1) return;
    points.push(pointOf(tables, pathThresholds(path, index), path.parameter[index]!));
    next = cost - step;
  });
  return points;
}

/** The points of the joint search in small steps: it begins where much may leave already, and jumps between its points. */
function jointPath(tables: ExitTables, enabled: readonly boolean[]): readonly OperatingPoint[] {
  const { exits } = tables.table(enabled);
  const sorted = exits.map(({ confidence }) => surestFirst(confidence));
  const waypoints = [...jointFront(tables, enabled)]
    .sort((a, b) => b.outcome.cost - a.outcome.cost)
    .map(({ thresholds }, parameter) => ({
      parameter,
      leaving: thresholds.map((threshold, exit) =>
        threshold === null ? 0 : countAtLeast(sorted[exit]!, threshold),
      ),
    }));
  const path = pathThrough(waypoints, sorted, tables.images);
  return Array.from(path.parameter, (_, point) => pointOf(tables, pathThresholds(path, point)));
}

/** @param points from the dearest to the cheapest. */
function undominated(points: readonly OperatingPoint[]): readonly OperatingPoint[] {
  const lost = ({ outcome }: OperatingPoint): number => outcome.breaks - outcome.repairs;
  const kept: OperatingPoint[] = [];
  for (const point of points.toReversed())
    if (kept.length === 0 || lost(point) < lost(kept.at(-1)!)) kept.push(point);
  return kept.reverse();
}
