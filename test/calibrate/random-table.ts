import fc from 'fast-check';
import type { ExitTable } from '../../lib/exits/exit-table.js';

/** Small random tables with many equal confidences, so that tie groups are put to the test. */
export function tables(exits: number, mostImages: number): fc.Arbitrary<ExitTable> {
  const bit = fc.integer({ min: 0, max: 1 });
  const image = fc.record({
    confidence: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: exits, maxLength: exits }),
    correct: fc.array(bit, { minLength: exits, maxLength: exits }),
    full: bit,
  });
  return fc
    .record({
      images: fc.array(image, { minLength: 1, maxLength: mostImages }),
      headMacs: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: exits, maxLength: exits }),
    })
    .map(({ images, headMacs }) => ({
      images: images.length,
      exits: headMacs.map((_, exit) => ({
        confidence: Float64Array.from(images, ({ confidence }) => confidence[exit]! / 6),
        correct: Uint8Array.from(images, ({ correct }) => correct[exit]!),
      })),
      fullCorrect: Uint8Array.from(images, ({ full }) => full),
      costs: {
        headMacs,
        backboneMacs: headMacs.map((_, exit) => Math.round((100 * (exit + 1)) / (exits + 1))),
        fullMacs: 100,
      },
    }));
}
