import test from 'ava';
import { batchesOf } from '../../../lib/cascade/timing/batches.js';

test('images are cut into batches, the last may be smaller', (t) => {
  const pixels = Uint8Array.of(0, 1, 10, 11, 20, 21, 30, 31, 40, 41);
  t.deepEqual(
    batchesOf(pixels, 5, 2, 2).map(({ images, numbers }) => [[...images], numbers]),
    [
      [
        [0, 1, 10, 11],
        [0, 1],
      ],
      [
        [20, 21, 30, 31],
        [2, 3],
      ],
      [[40, 41], [4]],
    ],
  );
  t.deepEqual(batchesOf(pixels, 0, 2, 2), []);
});
