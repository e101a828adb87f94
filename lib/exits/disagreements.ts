import { type DecisionRule, replayRule } from './decision-rule.js';
import { predictedClasses } from './predicted-classes.js';
import { judgedOutputs, type RecordedOutputs } from './recorded-outputs.js';
import { enabledExits } from './thresholds.js';

/** What a cascade does with recorded images beside the full network, whatever they show. */
export interface Disagreements {
  /** 1 for each image that leaves at an exit, 0 where it gets to the end of the full network. */
  readonly leftEarly: Uint8Array;
  /** 1 for each image whose likeliest class is another one than the full network's. */
  readonly disagrees: Uint8Array;
}

/** Where a cascade and the full network by itself take recorded images for something else; labels are not looked at. */
export function disagreements(outputs: RecordedOutputs, rule: DecisionRule): Disagreements {
  const { leftAt } = replayRule(outputs, rule);
  const likeliest = (values: ArrayLike<number>): Uint16Array => predictedClasses(values, outputs.classes, 1);
  const { exits, full, last } = judgedOutputs(
    outputs,
    rule.scoring,
    enabledExits(rule.thresholds),
    likeliest,
  );
  const own = [...exits.map((exit) => exit?.judgement), last ?? full];
  return {
    leftEarly: leftAt.map((exit) => Number(exit < exits.length)),
    disagrees: leftAt.map((exit, image) => Number(own[exit]![image] !== full[image])),
  };
}
