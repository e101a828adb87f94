import type { ExitCosts } from '../exits/exit-table.js';
import { type ExitTables, tableFor } from '../exits/exit-tables.js';
import type { GroupCounts } from '../exits/group-counts.js';
import { replay } from '../exits/replay.js';
import type { Thresholds } from '../exits/thresholds.js';
import { binomialCdf } from '../stats/binomial-cdf.js';
import { pairedDropTest } from '../stats/paired-drop-test.js';
import { type CostTest, exactCostTest, isWithinBudget } from './cost-test.js';
import type { OperatingPoint } from './operating-point.js';
import type { Grouping } from './promises/promise-kind.js';

/** A candidate with what it did on images that had no part in its making. */
export interface PathPoint {
  readonly thresholds: Thresholds;
  /** The path's parameter, e.g. the paper's ε; null for methods without. */
  readonly parameter: number | null;
  readonly breaks: number;
  readonly repairs: number;
  /** Cost of all images together, in the currency of the costs that the path was tested with. */
  readonly cost: number;
  /** Counts of the groups of images that a drop is promised for one by one; left out where it is promised for all images together. */
  readonly groups?: readonly GroupCounts[];
}

/**
 * Candidates in an order fixed before the images that test them were looked at, from safe to cheap.
 *
 * With that order any number of them may be tested one after another, each at the full level, up to the first that fails: all
 * before it hold together with the stated confidence (fixed-sequence testing: Maurer, Hothorn & Lehmacher 1995; Angelopoulos et
 * al., "Learn then Test", arXiv 2110.01052, section 2.3).
 */
export interface CertifiedPath<Point extends PathPoint = PathPoint> {
  /** Images that tested it. */
  readonly images: number;
  /** Whether the full network's own predictions served as labels, so that "wrong" means "disagrees". */
  readonly labelFree: boolean;
  readonly points: readonly Point[];
}

/** An operating point of which nothing has been seen yet on the images that test it. */
export type Candidate = Pick<OperatingPoint, 'thresholds' | 'parameter'>;

/** A candidate that was just tested. */
export interface TestedPoint extends PathPoint {
  /** Images that left at each exit, the full network last: what they cost in any currency follows from them. */
  readonly counts: readonly number[];
}

/** Candidates that were just tested. */
export type TestedPath = CertifiedPath<TestedPoint>;

/** Replays candidates on images that had no part in making them. @param grouping of a promise that holds for groups of them. */
export function testedPath(
  candidates: readonly Candidate[],
  tables: ExitTables,
  labelFree: boolean,
  grouping?: Grouping,
): TestedPath {
  const points = candidates.map(({ thresholds, parameter }) => {
    const table = tableFor(tables, thresholds);
    const { breaks, repairs, cost, counts, leftAt } = replay(table, thresholds);
    const groups = grouping && { groups: grouping(table, thresholds, leftAt) };
    return { thresholds, parameter: parameter ?? null, breaks, repairs, cost, counts, ...groups };
  });
  return { images: tables.images, labelFree, points };
}

/**
 * A test of "the true drop is above maxDrop": its p-value.
 *
 * @param maxDrop a fraction.
 * @param labelFree whether the full network's own predictions served as labels.
 */
export type DropTest = (
  point: Pick<PathPoint, 'breaks' | 'repairs'>,
  images: number,
  maxDrop: number,
  labelFree: boolean,
) => number;

/**
 * The exact test. Without labels a repair cannot be seen, and the test is the exact binomial one of the disagreement, which is
 * never less than the drop. No drop is above 1.
 */
export const exactDropTest: DropTest = ({ breaks, repairs }, images, maxDrop, labelFree) => {
  if (maxDrop >= 1) return 0;
  // Nothing agrees with the full network more than it does itself.
  if (labelFree && maxDrop < 0) return 1;
  return labelFree ? binomialCdf(breaks, images, maxDrop) : pairedDropTest(breaks, repairs, images, maxDrop);
};

/** A test that remembers its answers: neighbours on a path, and many draws, have the same counts. */
export function remembered(test: DropTest): DropTest {
  const known = new Map<string, number>();
  return (point, images, maxDrop, labelFree) => {
    const key = `${point.breaks} ${point.repairs} ${images} ${maxDrop} ${labelFree}`;
    const value = known.get(key) ?? test(point, images, maxDrop, labelFree);
    known.set(key, value);
    return value;
  };
}

/**
 * The cheapest point whose true drop is at most `maxDrop` with the given confidence, or undefined for the full network: if not even the
 * first can be certified, or if what can be costs no less, unless a gain is asked for, which the full network does not have. Valid for
 * any one `maxDrop` that was not chosen by looking at these images.
 *
 * Where points have groups, the drop is within `maxDrop` in every one of them. Each is tested at the full level, among the images that are in
 * it: a point that truly drops too much in some group passes only if the test of that very group errs, whatever the others do
 * (intersection-union test: Berger 1982, Technometrics 24:295-300). Nothing is certified of a group without images.
 *
 * @param maxDrop a fraction; below 0 a gain.
 * @param confidence a fraction, e.g. 0.95.
 */
export function certifiedUnderDrop<Point extends PathPoint>(
  path: CertifiedPath<Point>,
  maxDrop: number,
  confidence: number,
  { full }: Pick<ExitCosts, 'full'>,
  test: DropTest = remembered(exactDropTest),
): Point | undefined {
  const { points, images, labelFree } = path;
  const isWithin = (counts: Pick<PathPoint, 'breaks' | 'repairs'>, among: number): boolean =>
    test(counts, among, maxDrop, labelFree) <= 1 - confidence;
  const passes = ({ groups, ...counts }: Point): boolean =>
    groups?.every((group) => group.images > 0 && isWithin(group, group.images)) ?? isWithin(counts, images);
  const failed = points.findIndex((point) => !passes(point));
  const last = points[(failed === -1 ? points.length : failed) - 1];
  return last !== undefined && last.cost >= images * full && maxDrop >= 0 ? undefined : last;
}

/** Thresholds of a certified point; of the full network where there is none. @param exits of the cascade. */
export function certifiedThresholds(point: PathPoint | undefined, exits: number): Thresholds {
  return point?.thresholds ?? new Array<null>(exits).fill(null);
}

/**
 * The dearest point whose true mean cost is at most `share` of the full network's with the given confidence, tested from the
 * cheapest up; undefined if not even the cheapest can be certified.
 *
 * @param share a fraction of the full network's cost.
 * @param costs in the currency of the path.
 */
export function certifiedUnderBudget<Point extends PathPoint & Partial<TestedPoint>>(
  { points, images }: CertifiedPath<Point>,
  share: number,
  confidence: number,
  costs: ExitCosts,
  test: CostTest = exactCostTest,
): Point | undefined {
  const failed = points.findLastIndex(
    (point) => !isWithinBudget(point, images, share * costs.full, costs, confidence, test),
  );
  return points[failed + 1];
}
