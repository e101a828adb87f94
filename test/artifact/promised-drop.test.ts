import test from 'ava';
import type { Calibration } from '../../lib/artifact/calibrations.js';
import { atDrop } from '../../lib/artifact/promised-drop.js';
import { CascadeError } from '../../lib/errors.js';
import { CALIBRATION } from '../report/sample-cascade.js';

/** A path of three points on 1,000 images that lose 0, 5 and 60 of them. */
const CERTIFIED: Calibration = {
  ...CALIBRATION,
  path: {
    images: 1000,
    points: [0, 5, 60].map((breaks, index) => ({
      ...{ thresholds: [0.9 - index / 10, null], parameter: index, breaks, repairs: 0, macs: 1e9 - index },
    })),
  },
} as unknown as Calibration;

test('another drop takes the cheapest point that it can promise, and says so', (t) => {
  const at = (drop: number) => {
    const { thresholds, parameter, max_drop_points } = atDrop(CERTIFIED, drop, 'mine.cascade');
    return { thresholds, parameter, max_drop_points };
  };
  t.deepEqual(at(0.2), { thresholds: [0.7, null], parameter: 2, max_drop_points: 20 });
  t.deepEqual(at(0.03), { thresholds: [0.8, null], parameter: 1, max_drop_points: 3 });
  // 1,000 images without a loss do not promise a drop of 0.1 points: 0.999^1000 is 0.37.
  t.deepEqual(at(0.001), { thresholds: [null, null], parameter: null, max_drop_points: 0.1 });
});

test('thresholds without a promise are not turned', (t) => {
  t.throws(() => atDrop(CALIBRATION, 0.02, 'mine.cascade'), {
    instanceOf: CascadeError,
    message:
      'The thresholds of mine.cascade were chosen without a promise, and other drops need their own; run `cascade calibrate mine.cascade --max-drop 2%`.',
  });
});
