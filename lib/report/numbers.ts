/** A difference in percentage points, in words: `1 point`, `0.5 points`. */
export function inPoints(points: number): string {
  return `${points} ${points === 1 ? 'point' : 'points'}`;
}

/**
 * A number with so many decimals; a zero has no sign.
 *
 * @example fixed(-0.001, 2) // '0.00'
 */
export function fixed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/^-(0\.?0*)$/, '$1');
}
