import test from 'ava';
import fc from 'fast-check';
import { bestOnPath, chooseOnPath } from '../../lib/calibrate/choose-on-path.js';
import { pointOf, totalsOf } from '../../lib/calibrate/operating-point.js';
import { paperPath } from '../../lib/calibrate/paths/paper-path.js';
import { pathThresholds } from '../../lib/calibrate/paths/threshold-path.js';
import { isBetter, limitsOf, meets, type Target, type Totals } from '../../lib/calibrate/target.js';
import { fixedTables } from '../../lib/exits/exit-tables.js';
import { tables } from './random-table.js';

const ENABLED = [true, true, true];
const targets: fc.Arbitrary<Target> = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((percent) => ({ kind: 'max-drop', drop: percent / 100 }) as const),
  fc.integer({ min: 30, max: 130 }).map((percent) => ({ kind: 'max-cost', share: percent / 100 }) as const),
);

test('the best point of a path is the best of plain replays of all its points that meet the target', (t) => {
  fc.assert(
    fc.property(tables(3, 12), targets, (table, target) => {
      const path = paperPath(table, ENABLED);
      const limits = limitsOf(target, table.images, table.costs.full);
      const all = Array.from(path.parameter, (_, point) =>
        totalsOf(pointOf(fixedTables(table), pathThresholds(path, point)).outcome),
      );
      const best = all
        .filter((totals) => meets(totals, limits))
        .reduce<Totals | undefined>((a, b) => (a === undefined || isBetter(b, a, target) ? b : a), undefined);
      const found = bestOnPath(path, table, target);
      t.deepEqual(found === undefined ? undefined : all[found]!, best);
    }),
    { numRuns: 500 },
  );
});

test('the choice is never worse than the best point of the whole path nor than the full network', (t) => {
  fc.assert(
    fc.property(tables(3, 12), targets, (table, target) => {
      const limits = limitsOf(target, table.images, table.costs.full);
      const chosen = totalsOf(chooseOnPath(paperPath, fixedTables(table), target).outcome);
      const path = paperPath(table, ENABLED);
      const onPath = bestOnPath(path, table, target);
      const rivals: Totals[] = [
        { lost: 0, cost: table.images * table.costs.full },
        ...(onPath === undefined
          ? []
          : [totalsOf(pointOf(fixedTables(table), pathThresholds(path, onPath)).outcome)]),
      ].filter((totals) => meets(totals, limits));
      for (const rival of rivals) {
        t.true(meets(chosen, limits));
        t.false(isBetter(rival, chosen, target));
      }
      t.true(chosen.cost > 0);
    }),
    { numRuns: 500 },
  );
});

test('if nothing meets the target the choice is the full network', (t) => {
  const wrong = { confidence: Float64Array.of(0.9, 0.9), correct: Uint8Array.of(0, 0) };
  const tabled = fixedTables({
    images: 2,
    exits: [wrong],
    fullCorrect: Uint8Array.of(1, 1),
    costs: { backbone: [30], heads: [5], full: 100 },
  });
  t.deepEqual(chooseOnPath(paperPath, tabled, { kind: 'max-drop', drop: 0.1 }).thresholds, [null]);
});
