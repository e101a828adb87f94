import test from 'ava';
import fc from 'fast-check';
import {
  boxContains,
  boxesOverlap,
  segmentMeetsBox,
  segmentsCross,
} from '../../../lib/report/plot/geometry.js';

const BOX = { left: 0, top: 0, right: 10, bottom: 4 };

test('boxes that share only an edge do not overlap', (t) => {
  t.false(boxesOverlap(BOX, { left: 10, top: 0, right: 12, bottom: 4 }));
  t.true(boxesOverlap(BOX, { left: 9.9, top: 3.9, right: 12, bottom: 8 }));
  t.true(boxContains(BOX, BOX));
  t.false(boxContains(BOX, { ...BOX, right: 10.1 }));
});

test('a segment meets a box exactly when one of its points lies in it', (t) => {
  const coordinate = fc.integer({ min: -12, max: 22 });
  t.notThrows(() =>
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (x1, y1, x2, y2) => {
        const met = segmentMeetsBox({ x1, y1, x2, y2 }, BOX);
        // Exact for integer ends: the ends themselves and the crossings with the four edges' lines decide.
        const shares = [
          0,
          1,
          (0 - x1) / (x2 - x1),
          (10 - x1) / (x2 - x1),
          (0 - y1) / (y2 - y1),
          (4 - y1) / (y2 - y1),
        ];
        const inside = (share: number, slack: number) => {
          const [x, y] = [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
          return share >= 0 && share <= 1 && x >= -slack && x <= 10 + slack && y >= -slack && y <= 4 + slack;
        };
        const expected = shares.some((share) => Number.isFinite(share) && inside(share, 1e-9));
        return met === expected;
      }),
      { seed: 1, numRuns: 2000 },
    ),
  );
});

test('two segments cross where their lines meet within both', (t) => {
  const diagonal = { x1: 0, y1: 0, x2: 4, y2: 4 };
  t.true(segmentsCross(diagonal, { x1: 0, y1: 4, x2: 4, y2: 0 }));
  t.true(segmentsCross(diagonal, { x1: 4, y1: 0, x2: 4, y2: 4 }));
  t.false(segmentsCross(diagonal, { x1: 0, y1: 4, x2: 1, y2: 3 }));
  t.false(segmentsCross(diagonal, { x1: 1, y1: 0, x2: 5, y2: 4 }));
});
