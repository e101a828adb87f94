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
