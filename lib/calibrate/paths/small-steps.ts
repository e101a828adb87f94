import type { ThresholdPath } from './threshold-path.js';

/** A place on a path of thresholds. */
export interface Waypoint {
  readonly parameter: number;
  /** For each exit, how many images are sure enough to leave there, whether they reach it or not. */
  readonly leaving: readonly number[];
}

/** The parameter of a path where nobody leaves yet. */
const NOBODY_LEAVES = -1;

/** Largest share of the images by which an exit's number changes in one step. */
const MOST_SHARE = 0.01;

/**
 * The same path in small steps, from where nobody leaves on. Thresholds that are found on few images jump: up to its first mistake an
 * exit is right without exception, and right behind it next to nobody would be let go. What lies between is passed through evenly, by
 * the number of images that leave, and so is the parameter.
 *
 * @param images how many there are in all.
 */
function inSmallSteps(waypoints: readonly Waypoint[], images: number): readonly Waypoint[] {
  const most = Math.max(1, Math.floor(MOST_SHARE * images));
  const steps: Waypoint[] = [];
  let from: Waypoint = { parameter: NOBODY_LEAVES, leaving: waypoints[0]?.leaving.map(() => 0) ?? [] };
  for (const to of waypoints) {
    const moves = to.leaving.map((count, exit) => count - from.leaving[exit]!);
    const parts = Math.max(1, Math.ceil(Math.max(...moves.map(Math.abs)) / most));
    for (let part = 1; part < parts; part++) {
      steps.push({
        parameter: from.parameter + (part / parts) * (to.parameter - from.parameter),
        leaving: moves.map((move, exit) => from.leaving[exit]! + Math.ceil((part / parts) * move)),
      });
    }
    steps.push(to);
    from = to;
  }
  return steps;
}

/**
 * The least threshold at which no more images leave than a number: equally sure ones leave together, once there is room for all of
 * them, so that an exit that is equally sure of many does not let them go with the first. Infinity where none may.
 *
 * @param confidences of all images, descending.
 */
function thresholdLetting(confidences: Float64Array, images: number): number {
  const next = confidences[images];
  let count = images;
  while (count > 0 && confidences[count - 1] === next) count--;
  return count === 0 ? Number.POSITIVE_INFINITY : confidences[count - 1]!;
}

/** The confidences of an exit, the surest first. */
export function surestFirst(confidence: Float64Array): Float64Array {
  return confidence.toSorted().reverse();
}

/** How many of the confidences, the surest first, are at least the threshold. */
export function countAtLeast(confidences: Float64Array, threshold: number): number {
  let low = 0;
  let high = confidences.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (confidences[middle]! >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The thresholds of a path through some waypoints in small steps, from where nobody leaves.
 *
 * @param confidences of each exit over all images, the surest first; null for a disabled exit.
 * @param images how many there are in all.
 */
export function pathThrough(
  waypoints: readonly Waypoint[],
  confidences: readonly (Float64Array | null)[],
  images: number,
): ThresholdPath {
  const steps = inSmallSteps(waypoints, images);
  return {
    parameter: Float64Array.from(steps, ({ parameter }) => parameter),
    thresholds: confidences.map(
      (ofExit, exit) =>
        ofExit && Float64Array.from(steps, ({ leaving }) => thresholdLetting(ofExit, leaving[exit]!)),
    ),
  };
}
