import test from 'ava';
import fc from 'fast-check';
import type { ExitTable } from '../../lib/exits/exit-table.js';
import { addTotals, replay } from '../../lib/exits/replay.js';
import type { Thresholds } from '../../lib/exits/thresholds.js';
import { averagedTables, tables } from '../calibrate/random-table.js';
import { tableRows } from '../support/table-rows.js';

/** Thresholds at, between and beyond the confidences of random tables, and disabled exits. */
const threshold = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 14 }).map((half) => half / 12),
);

const anyTables = (exits: number, images: number): fc.Arbitrary<ExitTable> =>
  fc.oneof(tables(exits, images), averagedTables(exits, images));

/** One image at a time, heads billed as they are visited, and of each network as much as was run of it. */
function bruteForce(table: ExitTable, thresholds: Thresholds) {
  const { exits, fullCorrect, lastCorrect = fullCorrect, costs } = table;
  const images = Array.from({ length: table.images }, (_, image) => {
    let heads = 0;
    const memberOf = (place: number): number => costs.members?.[place] ?? 0;
    const run = new Map<number, number>();
    const cost = (): number => heads + [...run.values()].reduce((sum, macs) => sum + macs, 0);
    for (const [exit, { confidence, correct }] of exits.entries()) {
      const limit = thresholds[exit]!;
      if (limit === null) continue;
      heads += costs.heads[exit]!;
      run.set(memberOf(exit), costs.backbone[exit]!);
      if (confidence[image]! >= limit) return { leftAt: exit, correct: correct[image]!, cost: cost() };
    }
    run.set(memberOf(exits.length), costs.full);
    return { leftAt: exits.length, correct: lastCorrect[image]!, cost: cost() };
  });
  const countOf = (condition: (image: (typeof images)[number], index: number) => boolean): number =>
    images.filter(condition).length;
  const places = Array.from({ length: exits.length + 1 }, (_, place) => place);
  return {
    images: table.images,
    leftAt: Uint8Array.from(images, ({ leftAt }) => leftAt),
    counts: places.map((place) => countOf(({ leftAt }) => leftAt === place)),
    correctCounts: places.map((place) => countOf(({ leftAt, correct }) => leftAt === place && correct === 1)),
    breaks: countOf(({ correct }, index) => correct === 0 && fullCorrect[index] === 1),
    repairs: countOf(({ correct }, index) => correct === 1 && fullCorrect[index] === 0),
    cost: images.reduce((sum, { cost }) => sum + cost, 0),
  };
}

test('a replay decides as one image at a time does, ties and disabled exits included', (t) => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 4 })
        .chain((exits) =>
          fc.tuple(anyTables(exits, 12), fc.array(threshold, { minLength: exits, maxLength: exits })),
        ),
      ([table, thresholds]) => {
        t.deepEqual(replay(table, thresholds), bruteForce(table, thresholds));
      },
    ),
    { numRuns: 500 },
  );
});

test('sums over two parts of the images are those over all', (t) => {
  const part = fc.tuple(anyTables(3, 12), fc.array(threshold, { minLength: 3, maxLength: 3 }), fc.nat(12));
  fc.assert(
    fc.property(part, ([table, thresholds, cut]) => {
      const rows = Uint32Array.from({ length: table.images }, (_, image) => image);
      const [first, second] = [rows.subarray(0, cut), rows.subarray(cut)].map((some) =>
        replay(tableRows(table, some), thresholds),
      );
      const { leftAt: _, ...whole } = replay(table, thresholds);
      t.deepEqual(addTotals(first!, second!), whole);
    }),
  );
});

test('a confidence equal to the threshold leaves, also where both are exactly 1', (t) => {
  const table: ExitTable = {
    images: 2,
    exits: [{ confidence: Float64Array.of(1, 1 - 2 ** -53), correct: Uint8Array.of(1, 1) }],
    fullCorrect: Uint8Array.of(0, 1),
    costs: { backbone: [10], heads: [1], full: 100 },
  };
  const { leftAt, repairs, breaks, cost } = replay(table, [1]);
  t.deepEqual(
    { leftAt: [...leftAt], repairs, breaks, cost },
    { leftAt: [0, 1], repairs: 1, breaks: 0, cost: 112 },
  );
});
