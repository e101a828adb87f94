import test from 'ava';
import type { Calibration } from '../../lib/artifact/calibration.js';
import { atDrop } from '../../lib/artifact/promised-drop.js';
import { CascadeError } from '../../lib/errors.js';
import { CALIBRATION, MANIFEST } from '../report/sample-cascade.js';
import { TIMING } from '../support/timing.js';

/** A path of three points on 1,000 images that lose 0, 5 and 60 of them. */
const CERTIFIED: Calibration = {
  ...CALIBRATION,
  promise: {
    confidence: 0.95,
    path: {
      images: 1000,
      labelFree: false,
      points: [0, 5, 60].map((breaks, index) => ({
        ...{ thresholds: [0.9 - index / 10, null], parameter: index, breaks, repairs: 0, cost: 1e6 - index },
      })),
    },
  },
};

test('another drop takes the cheapest point that it can promise, and says so', (t) => {
  const at = (drop: number) => {
    const { rule, parameter, target } = atDrop(CERTIFIED, drop, 'mine.cascade', MANIFEST);
    return { thresholds: rule.thresholds, parameter, target };
  };
  t.deepEqual(at(0.2), { thresholds: [0.7, null], parameter: 2, target: { kind: 'max-drop', drop: 0.2 } });
  t.deepEqual(at(0.03), { thresholds: [0.8, null], parameter: 1, target: { kind: 'max-drop', drop: 0.03 } });
  // 1,000 images without a loss do not promise a drop of 0.1 points: 0.999^1000 is 0.37.
  t.deepEqual(at(0.001), {
    thresholds: [null, null],
    parameter: null,
    target: { kind: 'max-drop', drop: 0.001 },
  });
});

test('by time a point must be cheaper than the full network in time, whatever its MACs', (t) => {
  const { confidence, path } = CERTIFIED.promise!;
  const thresholdsAt = (nanoseconds: number) => {
    const points = path.points.map((point) => ({ ...point, cost: nanoseconds * path.images }));
    const pathMacs = points.map(() => 1);
    const promise = { confidence, path: { ...path, points }, pathMacs };
    return atDrop({ ...CERTIFIED, promise, timing: TIMING }, 0.2, 'mine.cascade', MANIFEST).rule.thresholds;
  };
  const { nanoseconds } = TIMING.full;
  t.deepEqual(thresholdsAt(nanoseconds - 1), [0.7, null]);
  t.deepEqual(thresholdsAt(nanoseconds), [null, null]);
});

test('thresholds without a promise are not turned', (t) => {
  t.throws(() => atDrop({ ...CALIBRATION, promise: null }, 0.02, 'mine.cascade', MANIFEST), {
    instanceOf: CascadeError,
    message:
      'The thresholds of mine.cascade were chosen without a promise, and other drops need their own; run `cascade calibrate mine.cascade --max-drop 2%`.',
  });
});

test('a gain that cannot be promised is an error, since the full network has none', (t) => {
  t.throws(() => atDrop(CERTIFIED, -0.005, 'mine.cascade', MANIFEST), {
    instanceOf: CascadeError,
    message:
      'No certified choice of thresholds gains as much over the full network as --max-drop -0.5% asks for; ask for a smaller gain, or calibrate on more images.',
  });
});

test('thresholds that were chosen without labels are not asked for a gain', (t) => {
  const { confidence, path } = CERTIFIED.promise!;
  const unlabelled = { ...CERTIFIED, promise: { confidence, path: { ...path, labelFree: true } } };
  t.throws(() => atDrop(unlabelled, -0.005, 'mine.cascade', MANIFEST), {
    instanceOf: CascadeError,
    message:
      '--labels none bounds how often the cascade answers otherwise than the full network, which is never below 0 %, so that it cannot promise a gain; calibrate with labels, or ask for a drop of 0 or more.',
  });
});

test('another drop at every exit is one that every group of the path can promise', (t) => {
  const { path } = CERTIFIED.promise!;
  const points = path.points.map((each) => ({
    ...each,
    groups: [
      { images: 400, breaks: each.breaks, repairs: 0 },
      { images: 1000, breaks: each.breaks, repairs: 0 },
    ],
  }));
  const perExit: Calibration = {
    ...CERTIFIED,
    promise: { confidence: 0.95, kind: 'per-exit', path: { ...path, points } },
  };
  const at = (calibration: Calibration, drop: number) =>
    atDrop(calibration, drop, 'mine.cascade', MANIFEST).parameter;
  // 60 of 1,000 are within 8 %, 60 of 400 are not.
  t.is(at(CERTIFIED, 0.08), 2);
  t.is(at(perExit, 0.08), 1);
  t.is(at(perExit, 0.2), 2);
});
