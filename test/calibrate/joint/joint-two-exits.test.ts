import test from 'ava';
import fc from 'fast-check';
import { jointTwoExits } from '../../../lib/calibrate/joint/joint-two-exits.js';
import { pointOf, totalsOf } from '../../../lib/calibrate/operating-point.js';
import { isBetter, limitsOf, meets, type Target, type Totals } from '../../../lib/calibrate/target.js';
import type { ExitTable } from '../../../lib/exits/exit-table.js';
import { fixedTables } from '../../../lib/exits/exit-tables.js';
import { tables } from '../random-table.js';

/** All pairs of thresholds that make a difference, disabled exits included. */
function bruteForce(table: ExitTable, target: Target): Totals | undefined {
  const limits = limitsOf(target, table.images, table.costs.full);
  const choices = table.exits.map(({ confidence }) => [null, ...new Set(confidence)]);
  let best: Totals | undefined;
  for (const first of choices[0]!) {
    for (const second of choices[1]!) {
      const totals = totalsOf(pointOf(fixedTables(table), [first, second]).outcome);
      if (meets(totals, limits) && (best === undefined || isBetter(totals, best, target))) best = totals;
    }
  }
  return best;
}

test('the joint search of two exits finds the brute-force optimum under a largest drop', (t) => {
  fc.assert(
    fc.property(tables(2, 14), fc.integer({ min: 0, max: 40 }), (table, percent) => {
      const target: Target = { kind: 'max-drop', drop: percent / 100 };
      t.deepEqual(totalsOf(jointTwoExits(table, target).outcome), bruteForce(table, target)!);
    }),
    { numRuns: 2000 },
  );
});

test('the joint search of two exits finds the brute-force optimum under a MAC budget', (t) => {
  fc.assert(
    fc.property(tables(2, 14), fc.integer({ min: 30, max: 110 }), (table, percent) => {
      const target: Target = { kind: 'max-cost', share: percent / 100 };
      const best = bruteForce(table, target);
      fc.pre(best !== undefined);
      t.deepEqual(totalsOf(jointTwoExits(table, target).outcome), best!);
    }),
    { numRuns: 2000 },
  );
});
