import test from 'ava';
import { fittingRows } from '../../../lib/cascade/attach/fitting-rows.js';
import type { ImageSource } from '../../../lib/data/image-source.js';

const SOURCE = { name: 'noise/fit', count: 200 } as ImageSource;

test('all images, or as many as are wanted, are taken once each, in an order of the seed', (t) => {
  const all = fittingRows(SOURCE, { seed: 1 });
  t.deepEqual(
    [...all].sort((a, b) => a - b),
    Array.from({ length: 200 }, (_, row) => row),
  );
  t.notDeepEqual(
    [...all],
    [...all].sort((a, b) => a - b),
  );
  t.deepEqual(fittingRows(SOURCE, { seed: 1, fitImages: 120 }), all.slice(0, 120));
  t.notDeepEqual(fittingRows(SOURCE, { seed: 2 }), all);
});

test('fewer than a hundred, and more than there are, are refused', (t) => {
  for (const fitImages of [99, 201])
    t.throws(() => fittingRows(SOURCE, { seed: 1, fitImages }), {
      message: `--fit-images ${fitImages} is not between 100 and the 200 images of noise/fit.`,
    });
});
