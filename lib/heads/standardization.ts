import type { FeatureFile } from './feature-file.js';

/** What brings each feature to mean 0 and variance 1: `(x − mean) · scale`. */
export interface Standardization {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/** Rows read at once. */
const CHUNK = 256;

/** Mean and inverse standard deviation of each feature over the rows of all files from `first` on; a constant feature keeps scale 1. */
export function standardization(files: readonly FeatureFile[], first: number): Standardization {
  const columns = files[0]!.columns;
  const mean = new Float64Array(columns);
  const squares = new Float64Array(columns);
  const chunk = new Float32Array(CHUNK * columns);
  let count = 0;
  for (const file of files) {
    for (let start = first; start < file.rows; start += CHUNK) {
      const rows = Math.min(CHUNK, file.rows - start);
      file.readRows(start, rows, chunk, 0);
      for (let row = 0; row < rows; row++) {
        count++;
        // Welford's recurrence: a difference of large sums would lose the small variances.
        for (let column = 0; column < columns; column++) {
          const value = chunk[row * columns + column]!;
          const deviation = value - mean[column]!;
          mean[column]! += deviation / count;
          squares[column]! += deviation * (value - mean[column]!);
        }
      }
    }
  }
  return { mean, scale: squares.map((sum) => (sum > 0 ? Math.sqrt(count / sum) : 1)) };
}

/** The same for all pixels of a channel together, of columns that are feature maps of `pixels` pixels a channel. */
export function channelwise({ mean, scale }: Standardization, pixels: number): Standardization {
  const joined = { mean: new Float64Array(mean.length), scale: new Float64Array(mean.length) };
  for (let start = 0; start < mean.length; start += pixels) {
    const means = mean.subarray(start, start + pixels);
    const centre = means.reduce((sum, value) => sum + value, 0) / pixels;
    let variance = 0;
    for (let pixel = 0; pixel < pixels; pixel++) {
      variance += (scale[start + pixel]! ** -2 + (means[pixel]! - centre) ** 2) / pixels;
    }
    joined.mean.fill(centre, start, start + pixels);
    joined.scale.fill(variance > 0 ? variance ** -0.5 : 1, start, start + pixels);
  }
  return joined;
}

/** Standardises rows of features in place. */
export function standardize(rows: Float32Array, { mean, scale }: Standardization): void {
  for (let start = 0; start < rows.length; start += mean.length) {
    for (let column = 0; column < mean.length; column++) {
      rows[start + column] = (rows[start + column]! - mean[column]!) * scale[column]!;
    }
  }
}
