import type { ExitCosts, ExitTable } from '../../exits/exit-table.js';
import { leavingCosts, type Thresholds } from '../../exits/thresholds.js';

/**
 * A family of thresholds from safe to cheap, indexed by one number: along it no threshold ever rises. Choosing on a path
 * means choosing one number, which fits the calibration data far less than choosing every threshold for itself.
 */
export interface ThresholdPath {
  /** What the path's points are called by, e.g. the paper's ε; rising or falling along it. */
  readonly parameter: Float64Array;
  /** For each exit, its threshold at each point, never ascending, Infinity where nobody leaves yet; null for a disabled exit. */
  readonly thresholds: readonly (Float64Array | null)[];
}

/** The thresholds at one point of a path; an exit where nobody leaves yet is disabled there. */
export function pathThresholds(path: ThresholdPath, point: number): Thresholds {
  return path.thresholds.map((column) => {
    const threshold = column?.[point] ?? Number.POSITIVE_INFINITY;
    return Number.isFinite(threshold) ? threshold : null;
  });
}

/** What each point of a path does with recorded images, summed over them. */
export interface PathOutcome {
  readonly images: number;
  /** Images that the full network has right and the cascade wrong, a point each. */
  readonly breaks: Int32Array;
  /** Images that the cascade has right and the full network wrong. */
  readonly repairs: Int32Array;
  /** Costs of all images together, every visited head billed. */
  readonly cost: Float64Array;
}

/** What each point of a path does with the images that leave at one exit. */
export interface PathExitOutcome {
  readonly leaving: Int32Array;
  readonly breaks: Int32Array;
  readonly repairs: Int32Array;
}

/** Replays all points of a path at once, in sum; as `replayPathByExit`. */
export function replayPath(path: ThresholdPath, table: ExitTable): PathOutcome {
  const byExit = replayPathByExit(path, table);
  const summed = (quantity: 'breaks' | 'repairs'): Int32Array => {
    const sum = new Int32Array(path.parameter.length);
    for (const outcome of byExit)
      for (let point = 0; point < sum.length; point++) sum[point]! += outcome[quantity][point]!;
    return sum;
  };
  return {
    images: table.images,
    breaks: summed('breaks'),
    repairs: summed('repairs'),
    cost: costsAlong(
      path,
      table.costs,
      byExit.map(({ leaving }) => leaving),
    ),
  };
}

/**
 * Replays all points of a path at once. Since thresholds only fall along it, an image leaves at an exit over one stretch of
 * points: N images, K exits and P points cost O(N·K·log P + P·K).
 *
 * @returns an outcome for each exit, and last for the full network.
 */
export function replayPathByExit(path: ThresholdPath, table: ExitTable): readonly PathExitOutcome[] {
  const points = path.parameter.length;
  const exits = table.exits.length;
  // Differences between neighbouring points; they are summed up at the end.
  const outcomes = Array.from({ length: exits + 1 }, () => ({
    leaving: new Int32Array(points + 1),
    breaks: new Int32Array(points + 1),
    repairs: new Int32Array(points + 1),
  }));
  const lastCorrect = table.lastCorrect ?? table.fullCorrect;
  eachStretch(path, table, (exit, image, start, end) => {
    const { leaving, breaks, repairs } = outcomes[exit]!;
    const correct = (table.exits[exit]?.correct ?? lastCorrect)[image]!;
    const full = table.fullCorrect[image]!;
    if (full > correct) addStretch(breaks, start, end, 1);
    if (correct > full) addStretch(repairs, start, end, 1);
    addStretch(leaving, start, end, 1);
  });
  return outcomes.map(({ leaving, breaks, repairs }) => ({
    leaving: summedUp(leaving),
    breaks: summedUp(breaks),
    repairs: summedUp(repairs),
  }));
}

/**
 * Sums of a weight over the images that leave at each exit, a point each; as `replayPathByExit`.
 *
 * @param weights of each image at each exit, and last at the full network.
 */
export function sumsAlong(
  path: ThresholdPath,
  table: ExitTable,
  weights: readonly ArrayLike<number>[],
): readonly Float64Array[] {
  const sums = weights.map(() => new Float64Array(path.parameter.length + 1));
  eachStretch(path, table, (exit, image, start, end) => {
    addStretch(sums[exit]!, start, end, weights[exit]![image]!);
  });
  return sums.map(summedUp);
}

/** Visits the points at which each image leaves at each exit, last at the full network: from `start` to before `end`. */
function eachStretch(
  path: ThresholdPath,
  table: ExitTable,
  visit: (exit: number, image: number, start: number, end: number) => void,
): void {
  const exits = table.exits.length;
  for (let image = 0; image < table.images; image++) {
    let end = path.parameter.length;
    for (let exit = 0; exit < exits && end > 0; exit++) {
      const column = path.thresholds[exit];
      if (!column) continue;
      const start = firstAtMost(column, table.exits[exit]!.confidence[image]!, end);
      if (start === end) continue;
      visit(exit, image, start, end);
      end = start;
    }
    visit(exits, image, 0, end);
  }
}

/** Costs of all points of a path. @param leaving images that leave at each exit, the full network last, a point each. */
function costsAlong(
  { parameter, thresholds }: ThresholdPath,
  costs: ExitCosts,
  leaving: readonly Int32Array[],
): Float64Array {
  // Until the first image may leave at an exit, it is disabled.
  const begins = thresholds.map((column) => column?.findIndex(Number.isFinite) ?? -1);
  const enabledAt = (point: number): boolean[] => begins.map((begin) => begin >= 0 && begin <= point);
  let each = leavingCosts(costs, enabledAt(0));
  return parameter.map((_, point) => {
    if (begins.includes(point)) each = leavingCosts(costs, enabledAt(point));
    return leaving.reduce((sum, count, exit) => sum + count[point]! * each[exit]!, 0);
  });
}

/** The first position before `end` whose value is at most `limit`, or `end`; the values never ascend. */
function firstAtMost(values: Float64Array, limit: number, end: number): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

function addStretch(
  differences: Int32Array | Float64Array,
  start: number,
  end: number,
  amount: number,
): void {
  differences[start]! += amount;
  differences[end]! -= amount;
}

/** The values whose differences between neighbours these are, one less. */
function summedUp<Values extends Int32Array | Float64Array>(differences: Values): Values {
  const points = differences.length - 1;
  for (let point = 1; point < points; point++) differences[point]! += differences[point - 1]!;
  return differences.subarray(0, points) as Values;
}
