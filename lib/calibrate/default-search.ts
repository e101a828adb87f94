import type { CriterionName } from '../exits/criteria.js';
import type { ExitCosts } from '../exits/exit-table.js';
import { hasScale } from '../exits/scoring.js';
import type { Method } from './calibrate.js';
import type { FrontExits } from './front.js';
import type { PathMethod } from './paths/path-maker.js';

/**
 * The method where none is asked for: a shared threshold, which spends no image on making its path, wherever there is a scale for it,
 * unless heads are so dear that some of those images had better find out which exits pay. Like the weight below it is fixed before any
 * image is looked at, so that a promise holds for it.
 *
 * @param exits `paying` where heads are dear in the currency of the costs.
 * @param costs by which networks in a row are told, of which every method finds the exits that pay.
 */
export function defaultMethod(
  criterion: CriterionName,
  exits: FrontExits = 'all',
  costs?: ExitCosts,
): PathMethod {
  const areHeadsDear = exits === 'paying' && costs?.members === undefined;
  return hasScale({ criterion }) && !areHeadsDear ? 'shared' : 'paper-path';
}

/** Weight of earlier outputs where the exits are heads on one network, and so know much of the same. */
export const HEADS_WEIGHT = 0.4;
/** The same for networks in a row of like strength, which err apart from one another. */
export const NETWORKS_WEIGHT = 0.8;

/** A network of less than this share of the full network's cost is too weak beside it to be heard as much. */
const LIKE_STRENGTH = 0.25;

/** What a weight is chosen for. */
export interface Averaged {
  readonly method: Method;
  readonly criterion: CriterionName;
  /** Whether the full network's predictions serve as labels: then averaging mostly adds disagreement with it. */
  readonly labelFree: boolean;
  readonly costs: ExitCosts;
}

/** The weight of earlier outputs where none is asked for: 0 where the method or the measure of confidence has no use for any. */
export function defaultAveraging({ method, criterion, labelFree, costs }: Averaged): number {
  const isBySearch = method === 'shared' || method === 'paper-path';
  if (!isBySearch || labelFree || !hasScale({ criterion }) || criterion === 'patience') return 0;
  return dearestBefore(costs) < LIKE_STRENGTH * costs.full ? HEADS_WEIGHT : NETWORKS_WEIGHT;
}

/** Cost of the dearest of the networks before the full one; 0 if there are none. */
function dearestBefore({ members = [], backbone }: ExitCosts): number {
  return backbone.reduce(
    (most, cost, exit) => (members[exit] === members.at(-1) ? most : Math.max(most, cost)),
    0,
  );
}
