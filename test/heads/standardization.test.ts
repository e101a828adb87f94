import test from 'ava';
import type { FeatureFile } from '../../lib/heads/feature-file.js';
import { channelwise, standardization, standardize } from '../../lib/heads/standardization.js';

function fileOf(rows: readonly (readonly number[])[]): FeatureFile {
  return {
    rows: rows.length,
    columns: rows[0]!.length,
    readRows(first, count, target, offset) {
      target.set(rows.slice(first, first + count).flat(), offset);
    },
    close() {},
  };
}

test('means and deviations are taken over the rows of all files behind the first ones', (t) => {
  const files = [
    fileOf([
      [100, 100],
      [1, 4],
      [2, 4],
    ]),
    fileOf([
      [-100, 0],
      [6, 4],
    ]),
  ];
  const { mean, scale } = standardization(files, 1);
  t.deepEqual([...mean], [3, 4]);
  // Variance of 1, 2, 6 is 14/3; a constant feature keeps its scale.
  t.true(Math.abs(scale[0]! - Math.sqrt(3 / 14)) < 1e-15);
  t.is(scale[1], 1);
});

test('a small variance beside a large mean is not lost', (t) => {
  // 2^23 and the next float32; a difference of sums of squares would be 0 or worse.
  const rows = Array.from({ length: 600 }, (_, row) => [2 ** 23 + (row % 2)]);
  const { mean, scale } = standardization([fileOf(rows)], 0);
  t.is(mean[0], 2 ** 23 + 0.5);
  t.true(Math.abs(scale[0]! - 2) < 1e-9);
});

test('the pixels of a channel share one mean and deviation, those of all of them', (t) => {
  // Two pixels a channel over two images: {1, 3}, {5, 7}; then {0, 0}, {0, 0}.
  const each = standardization(
    [
      fileOf([
        [1, 5, 0, 0],
        [3, 7, 0, 0],
      ]),
    ],
    0,
  );
  const { mean, scale } = channelwise(each, 2);
  t.deepEqual([...mean], [4, 4, 0, 0]);
  // Variance of 1, 3, 5, 7 is 5.
  for (const value of scale.subarray(0, 2)) t.true(Math.abs(value - 1 / Math.sqrt(5)) < 1e-15);
});

test('rows are standardised in place', (t) => {
  const rows = Float32Array.of(1, 10, 3, 20);
  standardize(rows, { mean: Float64Array.of(2, 10), scale: Float64Array.of(2, 0.1) });
  t.deepEqual([...rows], [-2, 0, 2, 1]);
});
