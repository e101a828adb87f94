import { logistic } from './logistic.js';

/** Coefficients of a logistic regression on one variable: P(event) = 1 / (1 + exp(−(intercept + slope · x))). */
export interface LogisticFit {
  readonly intercept: number;
  readonly slope: number;
}

/** Weight of a half event at x = 0, so that there is an answer where no event was seen, or nothing else. */
const PRIOR = 1;

/** Penalty on half the slope's square, so that there is one where a limit separates events from the rest. */
const RIDGE = 0.01;

/** Newton's steps settle in far fewer. */
const MOST_STEPS = 100;
/** Longest step of a coefficient: far from the answer the curvature is next to none. */
const LONGEST_STEP = 3;

/**
 * A logistic regression on one variable by Newton's method, with a weak prior that matters only where the events alone have no answer.
 *
 * @param x finite, an observation each.
 * @param isEvent 1 or 0.
 */
export function logisticRegression(x: ArrayLike<number>, isEvent: ArrayLike<number>): LogisticFit {
  let [intercept, slope] = [0, 0];
  for (let step = 0; step < MOST_STEPS; step++) {
    const atZero = logistic(intercept);
    let gradient = [PRIOR * (0.5 - atZero), -RIDGE * slope] as [number, number];
    let [h00, h01, h11] = [PRIOR * atZero * (1 - atZero), 0, RIDGE];
    for (let index = 0; index < x.length; index++) {
      const value = x[index]!;
      const chance = logistic(intercept + slope * value);
      const [missing, curvature] = [isEvent[index]! - chance, chance * (1 - chance)];
      gradient = [gradient[0] + missing, gradient[1] + missing * value];
      h00 += curvature;
      h01 += curvature * value;
      h11 += curvature * value * value;
    }
    const determinant = h00 * h11 - h01 * h01;
    const byIntercept = limited((h11 * gradient[0] - h01 * gradient[1]) / determinant);
    const bySlope = limited((h00 * gradient[1] - h01 * gradient[0]) / determinant);
    intercept += byIntercept;
    slope += bySlope;
    if (Math.abs(byIntercept) + Math.abs(bySlope) < 1e-10) break;
  }
  return { intercept, slope };
}

function limited(step: number): number {
  return Math.min(LONGEST_STEP, Math.max(-LONGEST_STEP, step));
}
