import type { Engine } from '../../../engine/engine.js';
import { type ExitPlace, hasPooledHead } from '../../../heads/exit-place.js';
import type { Graph } from '../../../network/graph.js';
import { loadingSteps } from '../../../training/training-step.js';
import { studentGraphs } from './fit-students.js';

/**
 * Says before anything is computed what would keep heads that are networks from being fitted.
 *
 * @param shares of the backbone's multiply-accumulates that students before it may take.
 * @throws CascadeError if one is too small for any student, or the engine fits no whole networks.
 */
export function checkNetworkHeads(
  backbone: Graph,
  places: readonly ExitPlace[],
  shares: readonly number[],
  classes: number,
  engine: Engine,
): void {
  const students = studentGraphs(backbone, shares, classes);
  if (students.length > 0 || !places.every(hasPooledHead)) loadingSteps(engine);
}
