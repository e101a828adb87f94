/** A place on a path of thresholds. */
export interface Waypoint {
  readonly parameter: number;
  /** For each exit, how many images are sure enough to leave there, whether they reach it or not. */
  readonly leaving: readonly number[];
}

/** Largest share of the images by which an exit's number changes in one step. */
const MOST_SHARE = 0.01;

/**
 * The same path in small steps, from where nobody leaves on. Thresholds that are found on few images jump: up to its first mistake an
 * exit is right without exception, and right behind it next to nobody would be let go. What lies between is passed through evenly, by
 * the number of images that leave, and so is the parameter.
 *
 * @param start the parameter where nobody leaves.
 * @param images how many there are in all.
 */
export function inSmallSteps(
  waypoints: readonly Waypoint[],
  start: number,
  images: number,
): readonly Waypoint[] {
  const most = Math.max(1, Math.floor(MOST_SHARE * images));
  const steps: Waypoint[] = [];
  let from: Waypoint = { parameter: start, leaving: waypoints[0]?.leaving.map(() => 0) ?? [] };
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
export function thresholdLetting(confidences: Float64Array, images: number): number {
  const next = confidences[images];
  let count = images;
  while (count > 0 && confidences[count - 1] === next) count--;
  return count === 0 ? Number.POSITIVE_INFINITY : confidences[count - 1]!;
}
