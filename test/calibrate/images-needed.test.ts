import test from 'ava';
import { exactDropTest } from '../../lib/calibrate/certified-path.js';
import { imagesNeeded } from '../../lib/calibrate/images-needed.js';

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
