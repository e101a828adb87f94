import type { ChosenExit } from '../../calibrate/choose-exits.js';
import type { Probed } from '../probe/probe-exits.js';

/** Exits that were chosen among students and probes. */
export interface AutoExits extends Pick<Probed, 'places' | 'outputs' | 'fittingImages'> {
  /** What the students before the backbone are called; they are first among the outputs. */
  readonly students: readonly string[];
  /** In the order in which they were chosen, by their positions among the outputs. */
  readonly chosen: readonly ChosenExit[];
  /** Drop that they were chosen for, a fraction. */
  readonly drop: number;
}
