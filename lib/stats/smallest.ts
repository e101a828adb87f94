/**
 * The smallest of some numbers, however many, as `largest` finds the largest.
 *
 * @returns `otherwise` where there is none that is smaller.
 * @example smallest([2, 1, 3]) // 1
 */
export function smallest(values: Iterable<number>, otherwise = Number.POSITIVE_INFINITY): number {
  let found = otherwise;
  for (const value of values) found = Math.min(found, value);
  return found;
}
