import test from 'ava';
import type { Evaluation } from '../../../lib/cascade/evaluation.js';
import { describeAsked, describePromise } from '../../../lib/report/describe/describe-promise.js';
import { TIMING } from '../../support/timing.js';
import { CALIBRATION_BY_TIME, TIMED_EVALUATION } from '../sample-cascade.js';

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

test('a budget of time is told in percent and in milliseconds, and promised by the measurement', (t) => {
  t.is(
    describeAsked(CALIBRATION_BY_TIME),
    "Asked for at most 70 % of the full network's time, 1.400 ms an image with 95 % confidence (paper-path, by the time of one image at a time)",
  );
  const kept = { ...BROKEN, pathImages: 300, candidates: 9, isKept: true, imagesNeeded: null } as const;
  t.is(
    describePromise(CALIBRATION_BY_TIME, TIMED_EVALUATION, kept),
    "With 95 % confidence the mean time, by this measurement, on images from this source is at most 70 % of the full network's.",
  );
});

test('by time the price of a promise is counted in time', (t) => {
  const empirical = { predicted_time_saved_percent: 40 } as Evaluation;
  const kept = {
    ...BROKEN,
    empirical,
    pathImages: 300,
    candidates: 9,
    isKept: true,
    imagesNeeded: null,
  } as const;
  t.regex(
    describePromise({ ...CALIBRATION, timing: TIMING }, TIMED_EVALUATION, kept),
    / The promise costs 5\.5 points of the time: without it \(--confidence none\) 40\.0 % would be saved, /,
  );
});
