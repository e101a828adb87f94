import type { ChosenExit } from '../../calibrate/choose-exits.js';
import type { Probed } from '../probe/probe-exits.js';

/** Exits that probes chose. */
export interface AutoExits {
  readonly probed: Probed;
  /** In the order in which they were chosen, by their positions among the probes. */
  readonly chosen: readonly ChosenExit[];
  /** Drop that they were chosen for, a fraction. */
  readonly drop: number;
}
