/** An integer with thin groups: `125,485,696`. */
export function grouped(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** A difference in percentage points, in words: `1 point`, `0.5 points`. */
export function inPoints(points: number): string {
  return `${points} ${points === 1 ? 'point' : 'points'}`;
}
