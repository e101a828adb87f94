import test from 'ava';
import type { Evaluation } from '../../../lib/cascade/evaluation.js';
import { describePromise } from '../../../lib/report/describe/describe-promise.js';

const CALIBRATION = {
  target: { kind: 'max-drop', drop: 0.01 },
  labels: 'given',
  promise: { confidence: 0.95, path: { images: 700, labelFree: false, points: [] } },
} as const;
const BROKEN = {
  testImages: 700,
  empirical: { macs_saved_percent: 40 } as Evaluation,
  isKept: false,
} as const;

/** What is said of a promise that is not kept. */
function said(pathImages: number, candidates: number, imagesNeeded: number | null): string {
  const outcome = { ...BROKEN, pathImages, candidates, imagesNeeded };
  return describePromise(CALIBRATION, { macs_saved_percent: 0 } as Evaluation, outcome);
}

test('without candidates the calibration images are called too few', (t) => {
  t.is(
    said(1, 0, null),
    'Nothing can be promised with 95 % confidence for a drop of at most 1 point: the full network is run for every image. 1 of the calibration images make the candidates, too few to make any: calibrate on more images; --confidence none chooses without a promise (40.0 % would be saved).',
  );
});

test('where more images would help their number is told', (t) => {
  t.regex(said(300, 9, 12_000), / About 12,000 calibration images would do, or a larger drop; /);
});

test('where the drop itself is too large no number of images is called for', (t) => {
  t.regex(said(300, 9, null), / no practical number of them would change that: accept a larger drop, /);
});
