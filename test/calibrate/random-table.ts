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
      heads: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: exits, maxLength: exits }),
      members: fc.option(
        fc
          .array(fc.nat(2), { minLength: exits + 1, maxLength: exits + 1 })
          .map((numbers) => numbers.sort((a, b) => a - b)),
      ),
    })
    .map(({ images, heads, members }) => ({
      images: images.length,
      exits: heads.map((_, exit) => ({
        confidence: Float64Array.from(images, ({ confidence }) => confidence[exit]! / 6),
        correct: Uint8Array.from(images, ({ correct }) => correct[exit]!),
      })),
      fullCorrect: Uint8Array.from(images, ({ full }) => full),
      costs: {
        heads,
        backbone: heads.map((_, exit) => Math.round((100 * (exit + 1)) / (exits + 1))),
        full: 100,
        ...(members && { members }),
      },
    }));
}

/** The same, with a last output that is right or wrong apart from the full network alone. */
export function averagedTables(exits: number, mostImages: number): fc.Arbitrary<ExitTable> {
  const bits = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: mostImages, maxLength: mostImages });
  return fc
    .tuple(tables(exits, mostImages), bits)
    .map(([table, last]) => ({ ...table, lastCorrect: Uint8Array.from(last.slice(0, table.images)) }));
}
