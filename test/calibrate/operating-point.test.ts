import test from 'ava';
import fc from 'fast-check';
import { fullNetwork, pointOf, totalsOf, withoutIdleExits } from '../../lib/calibrate/operating-point.js';
import { isBetter, limitsOf, meets, type Target } from '../../lib/calibrate/target.js';
import { fixedTables } from '../../lib/exits/exit-tables.js';
import { tables } from './random-table.js';

test('the full network costs what it costs alone, no head is run, and nothing is lost', (t) => {
  fc.assert(
    fc.property(tables(3, 9), (table) => {
      const { thresholds, outcome } = fullNetwork(fixedTables(table));
      t.deepEqual(thresholds, [null, null, null]);
      t.deepEqual(totalsOf(outcome), { lost: 0, cost: table.images * table.costs.full });
    }),
  );
});

test('without its idle exits a point is no worse, meets the target still, and no further exit is idle', (t) => {
  const limit = fc.integer({ min: 1, max: 7 }).map((sixths) => sixths / 6);
  const target: Target = { kind: 'max-drop', drop: 0.2 };
  fc.assert(
    fc.property(tables(3, 12), fc.array(limit, { minLength: 3, maxLength: 3 }), (table, thresholds) => {
      const tabled = fixedTables(table);
      const limits = limitsOf(target, table.images, table.costs.full);
      const point = pointOf(tabled, thresholds);
      fc.pre(meets(totalsOf(point.outcome), limits));
      const pruned = withoutIdleExits(tabled, point, limits);
      t.true(meets(totalsOf(pruned.outcome), limits));
      t.false(isBetter(totalsOf(point.outcome), totalsOf(pruned.outcome), target));
      pruned.thresholds.forEach((threshold, exit) => {
        t.true(threshold === null || threshold === thresholds[exit]);
        if (threshold === null) return;
        const shorter = totalsOf(pointOf(tabled, pruned.thresholds.with(exit, null)).outcome);
        t.false(meets(shorter, limits) && isBetter(shorter, totalsOf(pruned.outcome), target));
      });
    }),
    { numRuns: 300 },
  );
});

test('an exit that nobody leaves is disabled, so that its head is not billed', (t) => {
  const column = { confidence: Float64Array.of(0.5, 0.5), correct: Uint8Array.of(1, 1) };
  const tabled = fixedTables({
    images: 2,
    exits: [column, column],
    fullCorrect: Uint8Array.of(1, 1),
    costs: { backbone: [30, 60], heads: [5, 5], full: 100 },
  });
  const target: Target = { kind: 'max-drop', drop: 0 };
  const pruned = withoutIdleExits(tabled, pointOf(tabled, [0.9, 0.5]), limitsOf(target, 2, 100));
  t.deepEqual(pruned.thresholds, [null, 0.5]);
  t.is(pruned.outcome.cost, 130);
});
