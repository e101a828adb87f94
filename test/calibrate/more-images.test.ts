import test from 'ava';
import { type CertifiedPath, certifiedUnderDrop } from '../../lib/calibrate/certified-path.js';
import { savedWithMore } from '../../lib/calibrate/more-images.js';

const COSTS = { backbone: [20], heads: [1], full: 100 };

/** Cheaper and worse from point to point, on 1,000 images. */
const PATH: CertifiedPath = {
  images: 1000,
  labelFree: false,
  points: [0, 2, 5, 8, 9, 12].map((breaks, index) => ({
    ...{ thresholds: [0.9 - index / 10], parameter: null, breaks, repairs: 0 },
    cost: 1000 * (90 - 10 * index),
  })),
};

test('more images save more, up to what the true rates allow', (t) => {
  const saved = [1, 4, 16, 256].map((times) => savedWithMore(PATH, times, 0.01, 0.95, COSTS));
  // 9 of 1,000 are within one point, 12 are not.
  t.deepEqual(
    saved.map((each) => Math.round(100 * each)),
    [20, 30, 40, 50],
  );
});

test('with as many images as there are it is what the exact test says, but for its caution', (t) => {
  const exact = certifiedUnderDrop(PATH, 0.01, 0.95, COSTS)!;
  t.true(savedWithMore(PATH, 1, 0.01, 0.95, COSTS) >= 1 - exact.cost / 1000 / 100);
});

test('a drop that nothing is within saves nothing with any number of images', (t) => {
  t.is(savedWithMore({ ...PATH, points: PATH.points.slice(5) }, 1000, 0.01, 0.95, COSTS), 0);
});
