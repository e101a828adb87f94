import { logFactorial } from './log-factorial.js';

let known = new Float64Array(0);

/**
 * ln 0!, ln 1!, … ln n!, as `logFactorial` has them. They are computed once and kept: exact tests of many tables ask for the same.
 *
 * @returns n + 1 values, not to be changed.
 * @throws RangeError when n is not a non-negative integer.
 * @example logFactorials(4) // [0, 0, 0.6931471805599453, 1.791759469228055, 3.1780538303479458] as Float64Array
 */
export function logFactorials(n: number): Float64Array {
  logFactorial(n);
  if (n >= known.length) {
    const longer = new Float64Array(n + 1);
    longer.set(known);
    for (let count = known.length; count <= n; count += 1) longer[count] = logFactorial(count);
    known = longer;
  }
  return known.subarray(0, n + 1);
}
