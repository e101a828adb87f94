import { type RecordedOutputs, scoredTables } from './recorded-outputs.js';
import { type Outcome, replayOn } from './replay.js';
import type { Scoring } from './scoring.js';
import { type Thresholds, toleratingRounding } from './thresholds.js';

/** Where an image leaves: how the outputs of exits are scored, and the confidence from which on an image leaves at each. */
export interface DecisionRule {
  readonly scoring: Scoring;
  readonly thresholds: Thresholds;
}

/** Decides for every recorded image where it leaves. */
export function replayRule(outputs: RecordedOutputs, { scoring, thresholds }: DecisionRule): Outcome {
  return replayOn(scoredTables(outputs, scoring), thresholds);
}

/** The least confidence that leaves at an enabled exit of a network that is run again, not replayed from its records. */
export function runningThreshold({ scoring, thresholds }: DecisionRule, exit: number): number {
  return toleratingRounding(thresholds[exit]!, scoring.criterion);
}
