import type { Engine } from '../../../engine/engine.js';
import { usageError } from '../../../errors.js';
import { type ExitPlace, hasPooledHead } from '../../../heads/exit-place.js';
import type { Graph } from '../../../network/graph.js';
import { loadingSteps } from '../../../training/training-step.js';
import { studentGraphs } from './fit-students.js';

/**
 * Says before anything is computed what would keep heads that are networks from being fitted.
 *
 * @param shares of the backbone's multiply-accumulates that students before it may take.
 * @param epochs that their fitting is to take; undefined where nothing is said.
 * @throws CascadeError if one is too small for any student, the engine fits no whole networks, or epochs are given and there are none.
 */
export function checkNetworkHeads(
  backbone: Graph,
  places: readonly ExitPlace[],
  shares: readonly number[],
  classes: number,
  engine: Engine,
  epochs: number | undefined,
): void {
  const students = studentGraphs(backbone, shares, classes);
  if (students.length > 0 || !places.every(hasPooledHead)) loadingSteps(engine);
  else if (epochs !== undefined)
    throw usageError(
      `--epochs ${epochs} is for students and deep heads, and --heads names none; leave it out, or name one, such as input:student@10%.`,
    );
}
