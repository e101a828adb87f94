import test from 'ava';
import fc from 'fast-check';
import { operatingFront } from '../../lib/calibrate/front.js';
import { totalsOf } from '../../lib/calibrate/operating-point.js';
import { fixedTables } from '../../lib/exits/exit-tables.js';
import { scoredTables } from '../../lib/exits/recorded-outputs.js';
import { replay } from '../../lib/exits/replay.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { randomOutputs } from '../support/random-outputs.js';
import { tables } from './random-table.js';

for (const method of ['paper-path', 'joint'] as const) {
  test(`the front of ${method} begins with the full network and gets cheaper, each step at the price of right answers`, (t) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }).chain((exits) => tables(exits, 14)),
        (table) => {
          const [full, ...others] = operatingFront(fixedTables(table), method, 'softmax');
          t.true(full!.thresholds.every((threshold) => threshold === null));
          const totals = others.map(({ outcome }) => totalsOf(outcome));
          totals.forEach(({ lost, macs }, index) => {
            const before = totals[index - 1];
            t.true(macs < (before?.macs ?? totalsOf(full!.outcome).macs));
            if (before !== undefined) t.true(lost > before.lost);
          });
        },
      ),
      { numRuns: 100 },
    );
  });
}

test('points are what a replay of their thresholds does, also where exits depend on one another', (t) => {
  fc.assert(
    fc.property(randomOutputs(3, 10), fc.constantFrom(0, 0.4), (outputs, averaging) => {
      const scored = scoredTables(outputs, { ...DEFAULT_SCORING, criterion: 'patience', averaging });
      for (const { thresholds, outcome } of operatingFront(scored, 'paper-path', 'patience')) {
        const enabled = thresholds.map((threshold) => threshold !== null);
        t.deepEqual(outcome, replay(scored.table(enabled), thresholds));
      }
    }),
    { numRuns: 100 },
  );
});

test('exits that may not be used are disabled at every point', (t) => {
  fc.assert(
    fc.property(tables(3, 14), (table) => {
      for (const { thresholds } of operatingFront(fixedTables(table), 'paper-path', 'softmax', [
        true,
        false,
        true,
      ]))
        t.is(thresholds[1], null);
    }),
  );
});

test('without any exit the front is the full network', (t) => {
  fc.assert(
    fc.property(tables(2, 5), (table) => {
      t.is(operatingFront(fixedTables(table), 'paper-path', 'softmax', [false, false]).length, 1);
    }),
  );
});
