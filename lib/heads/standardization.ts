import type { FeatureFile } from './feature-file.js';

/** What brings each feature to mean 0 and variance 1: `(x − mean) · scale`. */
export interface Standardization {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/** Mean and inverse standard deviation of each feature over some rows of all files; a constant feature keeps scale 1. */
export function standardization(files: readonly FeatureFile[], rows: Uint32Array): Standardization {
  const columns = files[0]!.columns;
  const mean = new Float64Array(columns);
  const squares = new Float64Array(columns);
  const row = new Float32Array(columns);
  let count = 0;
  for (const file of files) {
    for (const index of rows) {
      file.readRow(index, row, 0);
      count++;
      // Welford's recurrence: a difference of large sums would lose the small variances.
      for (let column = 0; column < columns; column++) {
        const deviation = row[column]! - mean[column]!;
        mean[column]! += deviation / count;
        squares[column]! += deviation * (row[column]! - mean[column]!);
      }
    }
  }
  return { mean, scale: squares.map((sum) => (sum > 0 ? Math.sqrt(count / sum) : 1)) };
}
