import { exitNumbers } from '../../exits/thresholds.js';
import type { ThresholdPath } from './threshold-path.js';

/**
 * The path of patience: how many equal predictions in a row an exit asks for before it lets an image go (PABEE: Zhou et al. 2020,
 * arXiv 2006.04152), from as many as there are enabled exits down to 1. Between two such numbers the exits step down one after another,
 * the last one first, so that the path begins where few leave, late, and its steps are small. The parameter is the patience that all
 * exits have reached: `2.25` is that of a quarter of the exits, from the last on, at 2 and of the others at 3.
 *
 * The paper's rule would not do: the first exit always agrees with itself, once, so that its only threshold lets every image leave.
 *
 * @param enabled exits that are run, at least one; the others stay disabled all along.
 */
export function patiencePath(enabled: readonly boolean[]): ThresholdPath {
  const run = exitNumbers(enabled);
  const most = run.length;
  const points = Array.from({ length: most * most }, (_point, index) => ({
    patience: most - Math.floor(index / most),
    reached: (index % most) + 1,
  }));
  return {
    parameter: Float64Array.from(points, ({ patience, reached }) => patience + (most - reached) / most),
    thresholds: enabled.map((isRun, exit) =>
      isRun
        ? Float64Array.from(points, ({ patience, reached }) =>
            run.indexOf(exit) >= most - reached ? patience : patience + 1,
          )
        : null,
    ),
  };
}
