import type { ExitTable } from '../exits/exit-table.js';
import { type ThresholdSteps, thresholdSteps } from './paper-rule.js';
import { descendingOrder, reliabilityCurve } from './reliability.js';
import { inSmallSteps, thresholdLetting } from './small-steps.js';
import type { ThresholdPath } from './threshold-path.js';

/** The path's parameter where nobody leaves: no slack is that small. */
const NOBODY_LEAVES = -1;

/**
 * The path of the paper's rule: all exits under one and the same slack ε, up to the largest that changes anything. Every value of ε
 * at which any threshold changes is a point.
 *
 * Between these points, and before the first, the thresholds move in small steps. The rule alone jumps: at ε = 0 all leave that are
 * surer than an exit's first mistake, which may be half of the images or one in a hundred, and a mistake of a sure exit keeps
 * everybody in until a larger ε lets many go at once. Thus the path begins where next to nobody leaves, with an ε below 0.
 *
 * @param enabled exits that are run; the others stay disabled all along.
 */
export function paperPath(table: ExitTable, enabled: readonly boolean[]): ThresholdPath {
  const exits = table.exits.map((exit, index) => (enabled[index] ? exit : null));
  const rules = exits.map((exit) => exit && thresholdSteps(reliabilityCurve(exit)));
  const sorted = exits.map(
    (exit) => exit && Float64Array.from(descendingOrder(exit.confidence), (image) => exit.confidence[image]!),
  );
  const slack = Float64Array.from(new Set(rules.flatMap((rule) => (rule ? [...rule.epsilon] : [])))).sort();
  const leaving = rules.map(
    (rule, exit) =>
      rule && followSteps(rule, slack).map((threshold) => countAtLeast(sorted[exit]!, threshold)),
  );
  const waypoints = Array.from(slack, (parameter, point) => ({
    parameter,
    leaving: leaving.map((counts) => counts?.[point] ?? 0),
  }));
  const steps = inSmallSteps(waypoints, NOBODY_LEAVES, table.images);
  return {
    parameter: Float64Array.from(steps, ({ parameter }) => parameter),
    thresholds: sorted.map(
      (confidences, exit) =>
        confidences &&
        Float64Array.from(steps, ({ leaving }) => thresholdLetting(confidences, leaving[exit]!)),
    ),
  };
}

function followSteps({ epsilon, threshold }: ThresholdSteps, slack: Float64Array): Float64Array {
  let step = 0;
  return slack.map((value) => {
    while (step + 1 < epsilon.length && epsilon[step + 1]! <= value) step++;
    return threshold[step]!;
  });
}

/** How many of the values, which descend, are at least the limit. */
function countAtLeast(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! >= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
