import type { ExitCosts } from '../../exits/exit-table.js';
import type { ExitTables } from '../../exits/exit-tables.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import type { Thresholds } from '../../exits/thresholds.js';

/**
 * What a method makes of recorded outputs: what each exit answers, how sure it counts as, and what it costs, everything that the method
 * adds included.
 */
export type Scorer = (outputs: RecordedOutputs) => ExitTables;

/** One way of leaving: an image leaves at the first exit whose score reaches its threshold. */
export interface Policy {
  /** What the points of the method's path are called by. */
  readonly parameter: number;
  readonly scorer: Scorer;
  /** Infinity at an exit that is run and lets nobody leave, null at one that is not run. */
  readonly thresholds: Thresholds;
}

/** A published way of leaving early, computed from records. */
export interface Neighbour {
  /** Authors, year, arXiv number and the part that it is taken from. */
  readonly source: string;
  /** What here is not as in the source, and why. */
  readonly differs: string;
  /** Why it cannot be had of exits with these costs; undefined where it can. */
  unfit?(costs: ExitCosts): string | undefined;
  /**
   * Its policies in the order of its own parameter, from safe to cheap as far as the method knows, made from these images alone.
   *
   * @param top how many of the likeliest classes count as the answer.
   */
  fit(making: RecordedOutputs, top: number): readonly Policy[];
}
