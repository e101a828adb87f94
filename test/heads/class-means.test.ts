import path from 'node:path';
import test from 'ava';
import { openBackend } from '../../lib/engine/tensorflow/backend.js';
import { writeNpy } from '../../lib/files/npy/npy.js';
import { classMeansHead } from '../../lib/heads/class-means.js';
import type { FeatureFile } from '../../lib/heads/feature-file.js';
import { fitHead } from '../../lib/heads/fit-head.js';
import { HEAD_KINDS } from '../../lib/heads/head-kinds.js';
import { recipeOf } from '../../lib/heads/recipe.js';
import { encodeHalf } from '../../lib/stats/half-precision.js';
import { createRandom } from '../../lib/stats/random.js';
import { temporaryFolder } from '../support/run-cascade.js';

function inMemory(columns: number, values: readonly number[]): FeatureFile {
  return {
    rows: values.length / columns,
    columns,
    readRows(first, count, target, offset) {
      target.set(values.slice(first * columns, (first + count) * columns), offset);
    },
    close() {},
  };
}

/** Logits of one image. */
function logitsOf(head: ReturnType<typeof classMeansHead>, features: readonly number[]): readonly number[] {
  const { data: weight } = head.get('logits.weight')!;
  return Array.from(head.get('logits.bias')!.data, (bias, label) =>
    features.reduce((sum, value, column) => sum + value * weight[label * features.length + column]!, bias),
  );
}

test('logits differ by the squared distances from the class means over twice the variance', (t) => {
  // Means (1, 0) and (4, 2); squared deviations 1 + 1 and 4 + 4 of 8 features in all, so that σ² is 10/8.
  const file = inMemory(2, [0, 0, 2, 0, 4, 0, 4, 4]);
  const head = classMeansHead(file, Uint16Array.of(0, 0, 1, 1), 2, 0);
  const [first, second] = logitsOf(head, [2, 1]);
  // From (2, 1) it is 2 to the first mean and 5 to the second.
  t.true(Math.abs(first! - second! - (5 - 2) / (2 * 1.25)) < 1e-6);
});

test('the answer is the class with the nearest mean, and one without images is none', (t) => {
  const random = createRandom(4);
  const labels = Uint16Array.from({ length: 60 }, (_, row) => row % 3);
  const values = Array.from(
    { length: 60 * 4 },
    (_, index) => random() + (labels[Math.floor(index / 4)] === index % 4 ? 1 : 0),
  );
  const head = classMeansHead(inMemory(4, values), labels, 4, 10);
  const means = [0, 1, 2].map((label) =>
    [0, 1, 2, 3].map((column) => {
      const own = Array.from({ length: 50 }, (_, row) => row + 10).filter((row) => labels[row] === label);
      return own.reduce((sum, row) => sum + values[4 * row + column]!, 0) / own.length;
    }),
  );
  for (let row = 0; row < 60; row++) {
    const features = values.slice(4 * row, 4 * row + 4);
    const distances = means.map((mean) =>
      mean.reduce((sum, value, column) => sum + (value - features[column]!) ** 2, 0),
    );
    const logits = logitsOf(head, features);
    t.is(logits.indexOf(Math.max(...logits)), distances.indexOf(Math.min(...distances)));
  }
});

test('heads of class means are fitted like others, in one look', async (t) => {
  await openBackend('cpu');
  const file = path.join(await temporaryFolder(t), 'features.npy');
  const labels = Uint16Array.from({ length: 100 }, (_, row) => row % 2);
  const features = Float32Array.from({ length: 200 }, (_, index) => labels[index >> 1]! + 0.001 * index);
  const halves = new Uint16Array(features.length);
  encodeHalf(features, halves);
  await writeNpy(file, '<f2', [100, 2], halves);
  const kind = HEAD_KINDS.means;
  const { epochs, parameters } = fitHead({
    ...{ kind, inputShape: [2, 4, 4], classes: 2, featureFiles: [file], labels, seed: 0 },
    recipe: recipeOf(kind),
  });
  t.deepEqual([epochs.length, epochs[0]!.heldOutAccuracy], [1, 1]);
  t.deepEqual(parameters.get('logits.weight')!.shape, [2, 2]);
});
