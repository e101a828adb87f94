/**
 * The largest of some numbers, however many; `Math.max(...values)` fails above some hundred thousand, which a call cannot take.
 *
 * @returns `otherwise` where there is none that is larger.
 * @example largest([1, 3, 2]) // 3
 */
export function largest(values: Iterable<number>, otherwise = Number.NEGATIVE_INFINITY): number {
  let found = otherwise;
  for (const value of values) found = Math.max(found, value);
  return found;
}
