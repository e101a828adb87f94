import { CascadeError } from '../errors.js';

/** By how much the sum of an image's shares may miss the whole, a fraction: rounded ones do not sum up exactly. */
const TOLERANCE = 0.05;

/** The same, below the whole, where shares were rounded to hundredths of their unit: many small ones are gone. */
const ROUNDED_AWAY = 0.5;

/**
 * Refuses what stands behind a softmax or a sigmoid: taken for logits it would seem unsure of everything. Logits hardly ever all lie
 * between 0 and 1; nor are they never below 0 and sum to 100, or to less where many small shares were rounded away.
 *
 * @param values images × classes.
 * @param file named in the error.
 * @throws CascadeError if they are probabilities or percentages.
 */
export function refuseProbabilities(values: Float32Array, classes: number, file: string): void {
  if (values.length === 0 || values.some((value) => value < 0)) return;
  const isUpToOne = values.every((value) => value <= 1);
  const whole = isUpToOne ? 1 : 100;
  if (areShares(values, classes, whole)) {
    throw new CascadeError(
      `${file} holds ${isUpToOne ? 'probabilities' : 'percentages'}, not logits: each image's sum to ${whole}; save what comes before the softmax, or their logarithms.`,
    );
  }
  if (isUpToOne) {
    throw new CascadeError(
      `${file} holds values from 0 to 1, as a softmax or a sigmoid gives them, not logits; save what comes before it.`,
    );
  }
}

function areShares(values: Float32Array, classes: number, whole: number): boolean {
  const isRounded = values.every((value) => Math.abs(100 * value - Math.round(100 * value)) < 1e-3);
  const least = whole * (1 - (isRounded ? ROUNDED_AWAY : TOLERANCE));
  for (let start = 0; start < values.length; start += classes) {
    const sum = values.subarray(start, start + classes).reduce((total, value) => total + value, 0);
    if (sum < least || sum > whole * (1 + TOLERANCE)) return false;
  }
  return true;
}
