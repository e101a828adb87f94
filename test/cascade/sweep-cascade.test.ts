import test from 'ava';
import { sweepCascade } from '../../lib/cascade/sweep-cascade.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { IMAGES, smallCascade, smallRecords } from '../support/small-cascade.js';

const CLASSES = 3;
const ORDER = { method: 'paper-path', scoring: DEFAULT_SCORING, splitSeed: 0 } as const;

/** Images that leave at the first exit sure enough by softmax, right or wrong, counted one after another. */
function counted(seed: number, thresholds: readonly (number | null)[]) {
  const { labels, logits } = smallRecords(seed);
  const left = logits.map(() => 0);
  let correct = 0;
  for (let image = 0; image < IMAGES; image++) {
    const answers = logits.map((values) => {
      const own = [...values.subarray(image * CLASSES, (image + 1) * CLASSES)];
      const sum = own.reduce((total, value) => total + Math.exp(value), 0);
      const best = Math.max(...own);
      return { answer: own.indexOf(best), confidence: Math.exp(best) / sum };
    });
    const found = thresholds.findIndex(
      (threshold, exit) => threshold !== null && answers[exit]!.confidence >= threshold - 1e-9,
    );
    const exit = found < 0 ? thresholds.length : found;
    left[exit]!++;
    if (answers[exit]!.answer === labels[image]) correct++;
  }
  return { left, correct };
}

test('every point of a front is what counting image by image gives, on both splits', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const { points, images } = await sweepCascade(folder, manifest, ORDER);
  t.is(images, IMAGES);
  t.true(points.length > 3);
  for (const { thresholds, calibration, test: tested } of points) {
    for (const [seed, evaluation] of [calibration, tested].entries()) {
      const { left, correct } = counted(seed, thresholds);
      t.is(evaluation.accuracy_percent, Number(((100 * correct) / IMAGES).toFixed(4)));
      t.deepEqual(
        evaluation.exits.map(({ share_percent }) => Math.round((share_percent / 100) * IMAGES)),
        left,
      );
    }
  }
});

test('a front goes from the full network, which saves nothing, to ever cheaper points', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const { points } = await sweepCascade(folder, manifest, ORDER);
  const saved = points.map(({ calibration }) => calibration.macs_saved_percent);
  t.is(saved[0], 0);
  t.deepEqual(
    points[0]!.thresholds,
    manifest.exits.map(() => null),
  );
  t.deepEqual(
    saved,
    saved.toSorted((a, b) => a - b),
  );
});

test('what each exit has right alone is counted on the test split', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const { singleExits } = await sweepCascade(folder, manifest, ORDER);
  const everyone = [[0], [null, 0], [null, null]].map((thresholds) => counted(1, thresholds).correct);
  t.deepEqual(singleExits, everyone);
});
