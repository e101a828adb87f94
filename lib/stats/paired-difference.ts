/**
 * The mean of the differences a − b of paired values, and its standard error (their standard deviation with n − 1, divided by √n):
 * the quantities of R's `t.test(a, b, paired = TRUE)`. Of fewer than two pairs the error is infinite.
 *
 * @throws RangeError if there are not as many of one as of the other, or none.
 * @example pairedDifference([1, 2, 4], [0, 0, 1]) // { mean: 2, standardError: 0.577350269189626 }
 */
export function pairedDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): { readonly mean: number; readonly standardError: number } {
  const { length } = a;
  if (length === 0 || length !== b.length)
    throw new RangeError(`pairedDifference needs pairs, got ${length} and ${b.length} values`);
  let sum = 0;
  for (let index = 0; index < length; index++) sum += a[index]! - b[index]!;
  const mean = sum / length;
  if (length < 2) return { mean, standardError: Number.POSITIVE_INFINITY };
  let squares = 0;
  for (let index = 0; index < length; index++) squares += (a[index]! - b[index]! - mean) ** 2;
  return { mean, standardError: Math.sqrt(squares / (length - 1) / length) };
}
