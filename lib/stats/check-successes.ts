/** @throws RangeError unless `n` is a positive integer and `successes` an integer between 0 and `n`. */
export function checkSuccesses(successes: number, n: number): void {
  if (!(Number.isInteger(n) && n >= 1 && Number.isInteger(successes) && successes >= 0 && successes <= n)) {
    throw new RangeError(`successes must be an integer between 0 and n >= 1, got ${successes} of ${n}`);
  }
}
