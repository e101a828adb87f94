import type { ExitTable } from '../../exits/exit-table.js';
import { type ThresholdSteps, thresholdSteps } from '../paper-rule.js';
import { reliabilityCurve } from '../reliability.js';
import { countAtLeast, pathThrough, surestFirst } from './small-steps.js';
import type { ThresholdPath } from './threshold-path.js';

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
  const sorted = exits.map((exit) => exit && surestFirst(exit.confidence));
  const slack = Float64Array.from(new Set(rules.flatMap((rule) => (rule ? [...rule.epsilon] : [])))).sort();
  const leaving = rules.map(
    (rule, exit) =>
      rule && followSteps(rule, slack).map((threshold) => countAtLeast(sorted[exit]!, threshold)),
  );
  const waypoints = Array.from(slack, (parameter, point) => ({
    parameter,
    leaving: leaving.map((counts) => counts?.[point] ?? 0),
  }));
  return pathThrough(waypoints, sorted, table.images);
}

function followSteps({ epsilon, threshold }: ThresholdSteps, slack: Float64Array): Float64Array {
  let step = 0;
  return slack.map((value) => {
    while (step + 1 < epsilon.length && epsilon[step + 1]! <= value) step++;
    return threshold[step]!;
  });
}
