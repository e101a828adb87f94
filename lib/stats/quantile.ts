/**
 * A quantile by linear interpolation between order statistics, as NumPy's default and R's type 7 (Hyndman & Fan 1996, The American
 * Statistician 50:361-365).
 *
 * @param share a fraction from 0 (the least value) to 1 (the largest).
 * @throws RangeError if there are no values or the share is out of range.
 * @example quantile([1, 2, 3, 4], 0.5) // 2.5
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('a quantile needs at least one value');
  if (!(share >= 0 && share <= 1))
    throw new RangeError(`a quantile's share must lie in [0, 1], got ${share}`);
  const sorted = [...values].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
