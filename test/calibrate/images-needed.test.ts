import test from 'ava';
import {
  type CertifiedPath,
  certifiedUnderDrop,
  exactDropTest,
  type PathPoint,
} from '../../lib/calibrate/certified-path.js';
import { imagesNeeded, timesAsManyNeeded } from '../../lib/calibrate/images-needed.js';

test('as many images as are told do certify the point at its rates, and a fifth fewer do not', (t) => {
  const tested = { breaks: 20, repairs: 10 };
  const needed = imagesNeeded(tested, 1500, 0.01, 0.95, false)!;
  const pValueOf = (images: number): number => {
    const scale = images / 1500;
    const scaled = { breaks: Math.ceil(20 * scale), repairs: Math.floor(10 * scale) };
    return exactDropTest(scaled, images, 0.01, false);
  };
  t.true(needed > 1500);
  t.true(pValueOf(needed) <= 0.05);
  t.true(pValueOf(Math.floor(needed / 1.25)) > 0.05);
});

test('a point that is certified already needs no more images', (t) => {
  t.is(imagesNeeded({ breaks: 26, repairs: 13 }, 2500, 0.01, 0.95, false), 2500);
});

test('no number of images certifies a drop that is observed to be too large', (t) => {
  t.is(imagesNeeded({ breaks: 20, repairs: 5 }, 1500, 0.01, 0.95, false), null);
  t.is(imagesNeeded({ breaks: 16, repairs: 0 }, 1500, 0.01, 0.95, true), null);
});

test('without any disagreement about 300 images promise 1 % without labels', (t) => {
  // 0.99ⁿ <= 0.05 from n = 299 on.
  const needed = imagesNeeded({ breaks: 0, repairs: 0 }, 100, 0.01, 0.95, true)!;
  t.true(needed >= 299 && needed <= 299 * 1.25 + 1);
});

/** A path of 1,000 images whose points drop and cost so much, of a full network that costs 1. */
function pathOf(
  ...points: readonly {
    readonly breaks: number;
    readonly cost: number;
    readonly groups?: NonNullable<PathPoint['groups']>;
  }[]
): CertifiedPath {
  const full = { thresholds: [], parameter: null, repairs: 0 };
  return { images: 1000, labelFree: false, points: points.map((point) => ({ ...full, ...point })) };
}

test('where what is certified saves nothing, more images are needed than there were', (t) => {
  const path = pathOf({ breaks: 0, cost: 1010 }, { breaks: 6, cost: 900 });
  t.is(certifiedUnderDrop(path, 0.01, 0.95, { full: 1 }), undefined);
  const times = timesAsManyNeeded(path, 0.01, 0.95, { full: 1 })!;
  t.is(times, imagesNeeded({ breaks: 6, repairs: 0 }, 1000, 0.01, 0.95, false)! / 1000);
  t.true(times > 1);
});

test('where a point behind those that save is certified and saves nothing, it is never advised what is there', (t) => {
  const path = pathOf({ breaks: 0, cost: 900 }, { breaks: 0, cost: 1010 }, { breaks: 6, cost: 800 });
  t.is(certifiedUnderDrop(path, 0.01, 0.95, { full: 1 }), undefined);
  const times = timesAsManyNeeded(path, 0.01, 0.95, { full: 1 })!;
  t.is(times, imagesNeeded({ breaks: 6, repairs: 0 }, 1000, 0.01, 0.95, false)! / 1000);
});

test('a point that comes before the first that saves must pass too', (t) => {
  const before = { breaks: 8, cost: 1010 };
  const times = timesAsManyNeeded(pathOf(before, { breaks: 6, cost: 900 }), 0.01, 0.95, { full: 1 })!;
  t.is(times, imagesNeeded({ breaks: 8, repairs: 0 }, 1000, 0.01, 0.95, false)! / 1000);
  t.is(
    timesAsManyNeeded(pathOf({ ...before, breaks: 11 }, { breaks: 6, cost: 900 }), 0.01, 0.95, { full: 1 }),
    null,
  );
});

test('the group that needs most decides, and no number does where a group is empty or no point saves', (t) => {
  const groups = [
    { images: 500, breaks: 0, repairs: 0 },
    { images: 200, breaks: 1, repairs: 0 },
  ];
  const needed = imagesNeeded(groups[1]!, 200, 0.01, 0.95, false)! / 200;
  t.is(timesAsManyNeeded(pathOf({ breaks: 1, cost: 900, groups }), 0.01, 0.95, { full: 1 }), needed);
  const empty = [...groups, { images: 0, breaks: 0, repairs: 0 }];
  t.is(timesAsManyNeeded(pathOf({ breaks: 1, cost: 900, groups: empty }), 0.01, 0.95, { full: 1 }), null);
  t.is(timesAsManyNeeded(pathOf({ breaks: 0, cost: 1000 }), 0.01, 0.95, { full: 1 }), null);
});
