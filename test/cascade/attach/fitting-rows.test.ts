import test from 'ava';
import { fittingRows } from '../../../lib/cascade/attach/fitting-rows.js';
import type { ImageSource } from '../../../lib/data/image-source.js';

const SOURCE = { name: 'noise/fit', count: 200 } as ImageSource;

test('all images, or as many as are wanted, are taken once each, in an order of the seed', (t) => {
  const all = fittingRows(SOURCE, 1);
  t.deepEqual(
    [...all].sort((a, b) => a - b),
    Array.from({ length: 200 }, (_, row) => row),
  );
  t.notDeepEqual(
    [...all],
    [...all].sort((a, b) => a - b),
  );
  t.deepEqual(fittingRows(SOURCE, 1, 120), all.slice(0, 120));
  t.notDeepEqual(fittingRows(SOURCE, 2), all);
});

test('fewer than a dozen, and more than there are, are refused', (t) => {
  for (const fitImages of [11, 201])
    t.throws(() => fittingRows(SOURCE, 1, fitImages), {
      message: `--fit-images ${fitImages} is not between 12 and the 200 images of noise/fit.`,
    });
});

test('too few images in the split itself are told by the split, not by an option that was not given', (t) => {
  t.throws(() => fittingRows({ ...SOURCE, count: 11 }, 1), {
    message:
      'noise/fit has 11 images, too few to fit heads on; name at least 12 in the split fit of the description.',
  });
});
