/** A difference in percentage points, in words: `1 point`, `0.5 points`. */
export function inPoints(points: number): string {
  return `${points} ${points === 1 ? 'point' : 'points'}`;
}
