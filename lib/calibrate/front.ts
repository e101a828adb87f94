import type { CriterionName } from '../exits/criteria.js';
import type { ExitTables } from '../exits/exit-tables.js';
import { jointFront } from './joint-search.js';
import { fullNetwork, type OperatingPoint, pointOf } from './operating-point.js';
import { type PathMaker, pathMakerOf } from './path-maker.js';
import { pathThresholds, replayPath } from './threshold-path.js';

/** Methods that offer a range of operating points. */
export type FrontMethod = 'paper-path' | 'joint';

/** Most points of a front; neighbours closer than this in MACs cannot be told apart in a picture. */
const MOST_POINTS = 200;

/**
 * The operating points of a method: the full network, then those that are cheaper, from the dearest on, undominated on the
 * tables: none of them is both cheaper and at least as accurate as another. Evaluated on other inputs they may dominate one another.
 *
 * @param criterion that the tables were scored by.
 * @param enabled exits that may be used; all when left out.
 */
export function operatingFront(
  tables: ExitTables,
  method: FrontMethod,
  criterion: CriterionName,
  enabled: readonly boolean[] = new Array<boolean>(tables.exits).fill(true),
): readonly OperatingPoint[] {
  const full = fullNetwork(tables);
  const points =
    method === 'paper-path' ? pathFront(tables, pathMakerOf(criterion), enabled) : jointFront(tables);
  const cheaper = points.filter(({ outcome }) => outcome.macs < full.outcome.macs);
  return [full, ...undominated(cheaper)];
}

function pathFront(
  tables: ExitTables,
  makePath: PathMaker,
  enabled: readonly boolean[],
): readonly OperatingPoint[] {
  if (!enabled.includes(true)) return [];
  const table = tables.table(enabled);
  const path = makePath(table, enabled);
  const { macs } = replayPath(path, table);
  const step = (macs[0]! - macs.at(-1)!) / MOST_POINTS;
  const points: OperatingPoint[] = [];
  let next = Number.POSITIVE_INFINITY;
  macs.forEach((cost, index) => {
    if (cost > next && index < macs.length - 1) return;
    points.push(pointOf(tables, pathThresholds(path, index), path.parameter[index]!));
    next = cost - step;
  });
  return points;
}

/** From the dearest to the cheapest. */
function undominated(points: readonly OperatingPoint[]): readonly OperatingPoint[] {
  const lost = ({ outcome }: OperatingPoint): number => outcome.breaks - outcome.repairs;
  const byCost = [...points].sort((a, b) => a.outcome.macs - b.outcome.macs || lost(a) - lost(b));
  const kept: OperatingPoint[] = [];
  for (const point of byCost) if (kept.length === 0 || lost(point) < lost(kept.at(-1)!)) kept.push(point);
  return kept.reverse();
}
