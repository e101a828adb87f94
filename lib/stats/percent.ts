/** Decimals of percentages and points in CSV and JSON. */
const DECIMALS = 4;

/** A fraction as percent (or a difference as percentage points), rounded so that files are the same on every machine. */
export function percent(fraction: number): number {
  // Adding 0 turns −0 into 0.
  return Number((100 * fraction).toFixed(DECIMALS)) + 0;
}
