/** Decimals of percentages and points in CSV and JSON. */
const DECIMALS = 4;

/** A fraction as percent (or a difference as percentage points), rounded so that files are the same on every machine. */
export function percent(fraction: number): number {
  // Adding 0 turns −0 into 0.
  return Number((100 * fraction).toFixed(DECIMALS)) + 0;
}

/** A count with its unit prefix, three significant digits: `125 M`. */
export function compact(count: number): string {
  const [divisor, unit] =
    count >= 1e9 ? [1e9, ' G'] : count >= 1e6 ? [1e6, ' M'] : count >= 1e3 ? [1e3, ' k'] : [1, ''];
  return `${(count / divisor).toPrecision(Math.max(3, String(Math.round(count / divisor)).length))}${unit}`;
}

/** An integer with thin groups: `125,485,696`. */
export function grouped(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** A difference in percentage points, in words: `1 point`, `0.5 points`. */
export function inPoints(points: number): string {
  return `${points} ${points === 1 ? 'point' : 'points'}`;
}
