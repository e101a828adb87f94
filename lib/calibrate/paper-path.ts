import type { ExitTable } from '../exits/exit-table.js';
import { type ThresholdSteps, thresholdSteps } from './paper-rule.js';
import { reliabilityCurve } from './reliability.js';
import type { ThresholdPath } from './threshold-path.js';

/**
 * The path of the paper's rule: all exits under one and the same slack ε, from 0 to the largest that changes anything. Every
 * value of ε at which any threshold changes is a point.
 *
 * @param enabled exits that are run; the others stay disabled all along.
 */
export function paperPath(table: ExitTable, enabled: readonly boolean[]): ThresholdPath {
  const steps = table.exits.map((exit, index) =>
    enabled[index] ? thresholdSteps(reliabilityCurve(exit)) : null,
  );
  const parameter = Float64Array.from(
    new Set(steps.flatMap((exit) => (exit === null ? [] : [...exit.epsilon]))),
  ).sort();
  return {
    parameter,
    thresholds: steps.map((exit) => (exit === null ? null : followSteps(exit, parameter))),
  };
}

function followSteps({ epsilon, threshold }: ThresholdSteps, parameter: Float64Array): Float64Array {
  let step = 0;
  return parameter.map((slack) => {
    while (step + 1 < epsilon.length && epsilon[step + 1]! <= slack) step++;
    return threshold[step]!;
  });
}
