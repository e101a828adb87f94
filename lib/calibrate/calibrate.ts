import type { ExitTable } from '../exits/exit-table.js';
import { chooseOnPath } from './choose-on-path.js';
import { jointSearch } from './joint-search.js';
import { type OperatingPoint, pointOf } from './operating-point.js';
import { paperPath } from './paper-path.js';
import { paperThresholds } from './paper-rule.js';
import type { Target } from './target.js';

/**
 * The ways to choose thresholds, by the names that `--method` takes.
 *
 * - `paper-path`: the paper's rule for every exit with one and the same ε, which is chosen by the cascade's own drop or cost.
 *   One number is fitted, so it generalises best. The default.
 * - `joint`: all thresholds together; exact for one and two exits, else a heuristic. Fits the calibration split more the more
 *   exits there are.
 * - `paper-epsilon`: the paper's rule with a given ε, in the paper's own meaning, which is not the cascade's drop.
 */
export const METHODS = ['paper-path', 'joint', 'paper-epsilon'] as const;

export type Method = (typeof METHODS)[number];

/** What is asked of a calibration. */
export type CalibrationRequest =
  | { readonly method: 'paper-path' | 'joint'; readonly target: Target }
  /** @property epsilon a fraction. */
  | { readonly method: 'paper-epsilon'; readonly epsilon: number };

/** Chooses an operating point from a table of recorded outputs. The choice is empirical: nothing is promised for unseen data. */
export function calibrate(table: ExitTable, request: CalibrationRequest): OperatingPoint {
  switch (request.method) {
    case 'paper-path':
      return chooseOnPath(paperPath, table, request.target);
    case 'joint':
      return jointSearch(table, request.target);
    case 'paper-epsilon':
      return pointOf(table, paperThresholds(table, request.epsilon), request.epsilon);
  }
}
