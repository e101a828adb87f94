import test from 'ava';
import fc from 'fast-check';
import { augmentImages } from '../../lib/data/augment.js';

/** Numbers to be drawn, in order. */
function drawn(...numbers: readonly number[]): () => number {
  const left = [...numbers];
  return () => left.shift()!;
}

const SHAPE = [1, 2, 3] as const;

test('a crop that is moved down and to the right shows black behind the border', (t) => {
  const images = Uint8Array.of(1, 2, 3, 4, 5, 6);
  // Of the offsets −1, 0, 1 the last each.
  augmentImages(images, 1, SHAPE, { crop_padding: 1, flip: false }, drawn(0.99, 0.99));
  t.deepEqual([...images], [5, 6, 0, 0, 0, 0]);
});

test('an image is mirrored left to right in every second draw, each channel by itself', (t) => {
  const images = Uint8Array.of(1, 2, 3, 4, 1, 2, 3, 4);
  const middle = 0;
  augmentImages(
    images,
    2,
    [2, 1, 2],
    { crop_padding: 0, flip: true },
    drawn(middle, middle, 0.49, middle, middle, 0.5),
  );
  t.deepEqual([...images], [2, 1, 4, 3, 1, 2, 3, 4]);
});

test('any crop and mirroring is a window of the padded image', (t) => {
  const numbers = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), numbers, numbers, numbers, (padding, a, b, c) => {
        const [height, width] = [3, 4];
        const original = Uint8Array.from({ length: 2 * height * width }, (_, index) => index + 1);
        const images = original.slice();
        augmentImages(images, 1, [2, height, width], { crop_padding: padding, flip: true }, drawn(a, b, c));
        const down = Math.floor(a * (2 * padding + 1)) - padding;
        const right = Math.floor(b * (2 * padding + 1)) - padding;
        const expected = Array.from(images, (_, index) => {
          const column = index % width;
          const row = (Math.floor(index / width) % height) + down;
          const from = (c < 0.5 ? width - 1 - column : column) + right;
          const isInside = row >= 0 && row < height && from >= 0 && from < width;
          return isInside
            ? original[(Math.floor(index / (height * width)) * height + row) * width + from]
            : 0;
        });
        t.deepEqual([...images], expected);
      }),
    ),
  );
});
