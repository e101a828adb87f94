import test from 'ava';
import fc from 'fast-check';
import { patches, poolingMatrix } from '../../lib/heads/patches.js';

test('a patch holds what lies under the window, zeros where that is outside, for any size and stride', (t) => {
  const sizes = fc.record({
    channels: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 6 }),
    width: fc.integer({ min: 1, max: 6 }),
    count: fc.integer({ min: 1, max: 3 }),
    kernel: fc.constantFrom(1, 3, 5),
    stride: fc.integer({ min: 1, max: 3 }),
  });
  t.notThrows(() =>
    fc.assert(
      fc.property(sizes, ({ channels, height, width, count, kernel, stride }) => {
        // From 1 on, so that a zero is one of the padding.
        const maps = Float32Array.from(
          { length: count * channels * height * width },
          (_, index) => index + 1,
        );
        const at = (image: number, channel: number, row: number, column: number): number =>
          row < 0 || row >= height || column < 0 || column >= width
            ? 0
            : maps[((image * channels + channel) * height + row) * width + column]!;
        const half = (kernel - 1) / 2;
        const expected: number[] = [];
        for (let row = 0; row < height; row += stride)
          for (let column = 0; column < width; column += stride)
            for (let image = 0; image < count; image++)
              for (let channel = 0; channel < channels; channel++)
                for (let down = -half; down <= half; down++)
                  for (let right = -half; right <= half; right++)
                    expected.push(at(image, channel, row + down, column + right));
        const { unfold, positions, size } = patches({ channels: 1, kernel, stride }, [
          channels,
          height,
          width,
        ]);
        t.is(size, channels * kernel * kernel);
        t.is(positions * size * count, expected.length);
        t.deepEqual([...unfold(maps, count)], expected);
      }),
      { numRuns: 60 },
    ),
  );
});

test('the array is used again, and padding stays zero', (t) => {
  const { unfold } = patches({ channels: 1, kernel: 3, stride: 1 }, [1, 1, 1]);
  const first = unfold(Float32Array.of(7), 1);
  t.is(unfold(Float32Array.of(8), 1), first);
  t.deepEqual([...first], [0, 0, 0, 0, 8, 0, 0, 0, 0]);
});

test('a grid of 2 on 3 rows and 4 columns takes means of overlapping rows', (t) => {
  const { cells, matrix } = poolingMatrix({ kind: 'grid', size: 2 }, [1, 3, 4]);
  t.is(cells, 4);
  // Rows 0–1 and 1–2, columns 0–1 and 2–3.
  const q = 0.25;
  t.deepEqual(
    [...matrix],
    [
      ...[q, q, 0, 0, q, q, 0, 0, 0, 0, 0, 0],
      ...[0, 0, q, q, 0, 0, q, q, 0, 0, 0, 0],
      ...[0, 0, 0, 0, q, q, 0, 0, q, q, 0, 0],
      ...[0, 0, 0, 0, 0, 0, q, q, 0, 0, q, q],
    ],
  );
});
