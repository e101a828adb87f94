import type { CriterionName } from '../../exits/criteria.js';
import type { ExitTable } from '../../exits/exit-table.js';
import { paperPath } from './paper-path.js';
import { patiencePath } from './patience-path.js';
import { sharedPath } from './shared-path.js';
import type { ThresholdPath } from './threshold-path.js';

/** Methods whose operating points lie on one path. */
export type PathMethod = 'shared' | 'paper-path';

/** Makes a path from a table, with some exits disabled. */
export type PathMaker = (table: ExitTable, enabled: readonly boolean[]) => ThresholdPath;

/** Makes a path without a look at any image. */
export type FixedPathMaker = (enabled: readonly boolean[]) => ThresholdPath;

/** The path that is the same whatever the images: of one threshold for all exits, or of one patience. */
export function fixedPathMaker(criterion: CriterionName): FixedPathMaker {
  return criterion === 'patience' ? patiencePath : sharedPath;
}

/** The path that thresholds on a measure of confidence are taken from. */
export function pathMakerOf(method: PathMethod, criterion: CriterionName): PathMaker {
  if (method === 'paper-path' && criterion !== 'patience') return paperPath;
  const fixed = fixedPathMaker(criterion);
  return (_, enabled) => fixed(enabled);
}
