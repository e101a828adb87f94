import { logistic } from '../../stats/logistic.js';
import type { ThresholdPath } from './threshold-path.js';

/** Log-odds of confidences at which the path begins: an answer that is wrong once in 8 · 10¹³ times, beyond which a double has no digits. */
const FIRST_LOG_ODDS = 32;
/** Where its even steps end, at a confidence of 0.7 %; the last point lets all images leave. */
const LAST_LOG_ODDS = -5;
/** Small enough that a step lets at most one in a hundred or two leave, and exact in binary. */
const STEP = 0.125;

/**
 * Confidences from next to 1 down to 0, in even steps of their log-odds, ln p / (1 − p): of the logit itself where there are two classes.
 * In steps of the confidence nearly all images of a good network would leave in the first.
 */
const SCALE = Float64Array.from({ length: (FIRST_LOG_ODDS - LAST_LOG_ODDS) / STEP + 2 }, (_, step) =>
  logistic(FIRST_LOG_ODDS - step * STEP),
).fill(0, -1);

/**
 * The path of one and the same threshold for all exits, which is the parameter: from where only images of which an exit is as good as
 * certain may leave, to where all leave at the first. It is fixed before any image is looked at, so that none is spent on making it.
 *
 * @param enabled exits that are run, from the first point on; the others stay disabled all along.
 */
export function sharedPath(enabled: readonly boolean[]): ThresholdPath {
  return { parameter: SCALE, thresholds: enabled.map((isRun) => (isRun ? SCALE : null)) };
}
