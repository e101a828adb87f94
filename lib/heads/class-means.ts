import type { Tensor } from '../network/tensor.js';
import type { FeatureFile } from './feature-file.js';

/** Rows read at once. */
const CHUNK = 256;

/**
 * A head that compares features with the mean of each class: its logits are −‖f − μ‖² / 2σ², less what is the same for all classes, so that
 * they are a fully connected layer; σ² is the mean square of a feature's distance from its own class's mean. The answer is the class with
 * the nearest mean (E²CM: Görmez, Dasari & Koyuncu 2022, arXiv 2103.01148, which takes the distance itself, over its mean in each class).
 *
 * @param labels the class of each row; a class without any is never the answer.
 * @param first row that counts.
 * @returns `logits.weight` and `logits.bias`, as `headGraph` names them.
 */
export function classMeansHead(
  file: FeatureFile,
  labels: Uint16Array,
  classes: number,
  first: number,
): ReadonlyMap<string, Tensor> {
  const { columns } = file;
  const means = new Float64Array(classes * columns);
  const counts = new Uint32Array(classes);
  let squares = 0;
  eachRow(file, first, (values, start, row) => {
    const label = labels[row]!;
    counts[label]!++;
    // Welford's recurrence, as for the standardisation of features.
    for (let column = 0; column < columns; column++) {
      const deviation = values[start + column]! - means[label * columns + column]!;
      means[label * columns + column]! += deviation / counts[label]!;
      squares += deviation * (values[start + column]! - means[label * columns + column]!);
    }
  });
  const variance = squares / ((file.rows - first) * columns) || 1;
  const bias = Float32Array.from(counts, (count, label) => {
    const mean = means.subarray(label * columns, (label + 1) * columns);
    // Far below any other logit, and still a number.
    return count === 0 ? -1e30 : -mean.reduce((sum, value) => sum + value * value, 0) / (2 * variance);
  });
  return new Map([
    [
      'logits.weight',
      { shape: [classes, columns], data: Float32Array.from(means, (mean) => mean / variance) },
    ],
    ['logits.bias', { shape: [classes], data: bias }],
  ]);
}

function eachRow(
  file: FeatureFile,
  first: number,
  visit: (values: Float32Array, start: number, row: number) => void,
): void {
  const chunk = new Float32Array(CHUNK * file.columns);
  for (let start = first; start < file.rows; start += CHUNK) {
    const rows = Math.min(CHUNK, file.rows - start);
    file.readRows(start, rows, chunk, 0);
    for (let row = 0; row < rows; row++) visit(chunk, row * file.columns, start + row);
  }
}
