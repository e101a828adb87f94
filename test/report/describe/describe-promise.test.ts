import test from 'ava';
import type { Evaluation } from '../../../lib/cascade/evaluation.js';
import { describePromise, describeTarget } from '../../../lib/report/describe/describe-promise.js';
import { TIMING } from '../../support/timing.js';
import { CALIBRATION_BY_TIME, TIMED_EVALUATION } from '../sample-cascade.js';

const CALIBRATION = {
  target: { kind: 'max-drop', drop: 0.01 },
  labels: 'given',
  promise: { confidence: 0.95, path: { images: 700, labelFree: false, points: [] } },
} as const;
const BROKEN = {
  test_images: 700,
  empirical: { macs_saved_percent: 40 } as Evaluation,
  kept: false,
} as const;

/** What is said of a promise that is not kept. */
function said(pathImages: number, candidates: number, imagesNeeded: number | null): string {
  const outcome = { ...BROKEN, path_images: pathImages, candidates, images_needed: imagesNeeded };
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

/** The first sentence about a promise that is kept. */
function kept(drop: number, labels: 'given' | 'none' = 'given'): string {
  const calibration = { ...CALIBRATION, labels, target: { kind: 'max-drop', drop } } as const;
  const outcome = { ...BROKEN, path_images: 0, candidates: 9, images_needed: null, kept: true } as const;
  return describePromise(calibration, { macs_saved_percent: 30 } as Evaluation, outcome);
}

test('a promise of a drop, of none and of a gain says what holds, and what is risked without it', (t) => {
  const price =
    ' The promise costs 10.0 points of the MACs: without it (--confidence none) 40.0 % would be saved, and';
  const odds = 'on unseen images in about half of all cases.';
  t.is(
    kept(0.01),
    `With 95 % confidence the true drop on images from this source is at most 1 point.${price} the drop is exceeded ${odds}`,
  );
  t.is(
    kept(0),
    `With 95 % confidence the cascade loses nothing: on images from this source it is at least as accurate as the full network.${price} the cascade is the less accurate one ${odds}`,
  );
  t.is(
    kept(-0.005),
    `With 95 % confidence the cascade is at least 0.5 points more accurate than the full network on images from this source.${price} less is gained ${odds}`,
  );
  t.is(
    kept(0.005, 'none'),
    `With 95 % confidence the true share of images answered otherwise than by the full network on images from this source is at most 0.5 points. That bounds the drop of accuracy too, and is stricter than it.${price} the drop is exceeded ${odds}`,
  );
});

test('where not even the same accuracy can be promised, no drop is what cannot be promised', (t) => {
  const outcome = { ...BROKEN, path_images: 0, candidates: 9, images_needed: 20_000 };
  const calibration = { ...CALIBRATION, target: { kind: 'max-drop', drop: 0 } } as const;
  t.regex(
    describePromise(calibration, { macs_saved_percent: 0 } as Evaluation, outcome),
    /^Nothing can be promised with 95 % confidence for no drop: the full network is run/,
  );
});

test('a budget of time is told in percent and in milliseconds, and promised by the measurement', (t) => {
  t.is(
    describeTarget(CALIBRATION_BY_TIME),
    "Asked for at most 70 % of the full network's time, 1.400 ms an image with 95 % confidence (paper-path, by the time of one image at a time)",
  );
  const kept = { ...BROKEN, path_images: 300, candidates: 9, kept: true, images_needed: null } as const;
  t.is(
    describePromise(CALIBRATION_BY_TIME, TIMED_EVALUATION, kept),
    "With 95 % confidence the mean time, by this measurement, on images from this source is at most 70 % of the full network's.",
  );
});

test('what a promise at every exit costs is told beside the same promise of all images together', (t) => {
  const promise = { ...CALIBRATION.promise, kind: 'per-exit' } as const;
  const mean = { macs_saved_percent: 36 } as Evaluation;
  const outcome = {
    ...BROKEN,
    path_images: 0,
    candidates: 9,
    images_needed: null,
    kept: true,
    mean_only: mean,
  } as const;
  t.regex(
    describePromise({ ...CALIBRATION, promise }, { macs_saved_percent: 30 } as Evaluation, outcome),
    / That it holds at every exit costs 6\.0 points of the MACs: promised of all images together \(--promise mean\) 36\.0 % would be saved\.$/,
  );
});

test('by time the price of a promise is counted in time', (t) => {
  const empirical = { predicted_time_saved_percent: 40 } as Evaluation;
  const kept = {
    ...BROKEN,
    empirical,
    path_images: 300,
    candidates: 9,
    kept: true,
    images_needed: null,
  } as const;
  t.regex(
    describePromise({ ...CALIBRATION, timing: TIMING }, TIMED_EVALUATION, kept),
    / The promise costs 5\.5 points of the time: without it \(--confidence none\) 40\.0 % would be saved, /,
  );
});
