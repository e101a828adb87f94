import type { ExitOutput } from '../../../lib/exits/criteria/criterion.js';

/** What an exit says about one input, between the logits of two others that a measure must not look at. */
export function outputOf(logits: readonly number[], top = 1, agreeing = 1): ExitOutput {
  const strangers = logits.map((_, index) => 1e6 - index);
  return {
    logits: [...strangers, ...logits, ...strangers],
    start: logits.length,
    classes: logits.length,
    top,
    agreeing,
  };
}

/** Logits whose reference values the tests of the measures quote, by SciPy 1.17 (`special.softmax`, `stats.entropy`, `special.logsumexp`). */
export const LOGITS = [2, -1, 0.5, 3, 0];

/** Logits far beyond what an exponential can hold. */
export const EXTREME = [1e4, -1e4, 9999, 0];

export function isNear(actual: number, expected: number, relative = 1e-14): boolean {
  return Math.abs(actual - expected) <= relative * Math.abs(expected);
}
