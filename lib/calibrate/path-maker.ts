import type { CriterionName } from '../exits/criteria.js';
import type { ExitTable } from '../exits/exit-table.js';
import { paperPath } from './paper-path.js';
import { patiencePath } from './patience-path.js';
import type { ThresholdPath } from './threshold-path.js';

/** Makes a path from a table, with some exits disabled. */
export type PathMaker = (table: ExitTable, enabled: readonly boolean[]) => ThresholdPath;

/** The path that thresholds on a measure of confidence are taken from. */
export function pathMakerOf(criterion: CriterionName): PathMaker {
  return criterion === 'patience' ? patiencePath : paperPath;
}
