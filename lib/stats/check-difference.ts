/** @throws RangeError unless the difference of two proportions is a fraction strictly between -1 and 1 (0.01, not 1). */
export function checkDifference(difference: number): void {
  if (!(difference > -1 && difference < 1)) {
    throw new RangeError(`a difference of proportions must lie between -1 and 1, got ${difference}`);
  }
}
