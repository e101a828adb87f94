import type { ExitTable } from '../exits/exit-table.js';
import type { ThresholdPath } from './threshold-path.js';

/**
 * The path of patience: all exits ask for one and the same number of equal predictions in a row, from as many as there are enabled
 * exits down to 1 (PABEE: Zhou et al. 2020, arXiv 2006.04152). Its parameter is that number.
 *
 * The paper's rule would not do: the first exit always agrees with itself, once, so that its only threshold lets every input leave.
 *
 * @param enabled exits that are run, at least one; the others stay disabled all along.
 */
export function patiencePath(_: ExitTable, enabled: readonly boolean[]): ThresholdPath {
  const most = enabled.filter(Boolean).length;
  const parameter = Float64Array.from({ length: most }, (_, point) => most - point);
  return { parameter, thresholds: enabled.map((isRun) => (isRun ? parameter : null)) };
}
