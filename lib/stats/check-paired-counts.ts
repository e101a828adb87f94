/** @throws RangeError unless the counts are non-negative integers whose sum is at most `n`, and `n` is at least 1. */
export function checkPairedCounts(breaks: number, repairs: number, n: number): void {
  const whole = Number.isInteger(breaks) && Number.isInteger(repairs) && Number.isInteger(n);
  if (!(whole && breaks >= 0 && repairs >= 0 && n >= 1 && breaks + repairs <= n)) {
    throw new RangeError(
      `breaks and repairs must be non-negative integers of sum at most n >= 1, got ${breaks} and ${repairs} of ${n}`,
    );
  }
}
