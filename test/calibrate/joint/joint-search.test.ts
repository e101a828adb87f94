import test from 'ava';
import fc from 'fast-check';
import { chooseOnPath } from '../../../lib/calibrate/choose-on-path.js';
import { jointFront, jointSearch } from '../../../lib/calibrate/joint/joint-search.js';
import { pointOf, totalsOf } from '../../../lib/calibrate/operating-point.js';
import { paperPath } from '../../../lib/calibrate/paths/paper-path.js';
import { isBetter, limitsOf, meets, type Target, type Totals } from '../../../lib/calibrate/target.js';
import type { ExitTable } from '../../../lib/exits/exit-table.js';
import { fixedTables } from '../../../lib/exits/exit-tables.js';
import { tables } from '../random-table.js';

const targets: fc.Arbitrary<Target> = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((percent) => ({ kind: 'max-drop', drop: percent / 100 }) as const),
  fc.integer({ min: 30, max: 130 }).map((percent) => ({ kind: 'max-cost', share: percent / 100 }) as const),
);

/** The best of all thresholds of one exit that make a difference, and of the exit disabled. */
function bruteForce(table: ExitTable, target: Target): Totals | undefined {
  const limits = limitsOf(target, table.images, table.costs.full);
  return [null, ...new Set(table.exits[0]!.confidence)]
    .map((threshold) => totalsOf(pointOf(fixedTables(table), [threshold]).outcome))
    .filter((totals) => meets(totals, limits))
    .reduce<Totals | undefined>((a, b) => (a === undefined || isBetter(b, a, target) ? b : a), undefined);
}

test('the search of one exit finds the brute-force optimum, the disabled exit included', (t) => {
  fc.assert(
    fc.property(tables(1, 12), targets, (table, target) => {
      const best = bruteForce(table, target);
      fc.pre(best !== undefined);
      t.deepEqual(totalsOf(jointSearch(fixedTables(table), target).outcome), best!);
    }),
    { numRuns: 2000 },
  );
});

const someExits = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });

test('with more exits the search uses only those it may, and never falls behind the path that it starts from', (t) => {
  fc.assert(
    fc.property(tables(4, 14), targets, someExits, (table, target, enabled) => {
      const limits = limitsOf(target, table.images, table.costs.full);
      const start = totalsOf(chooseOnPath(paperPath, fixedTables(table), target, enabled).outcome);
      const point = jointSearch(fixedTables(table), target, enabled);
      t.true(point.thresholds.every((threshold, exit) => threshold === null || enabled[exit]));
      const found = totalsOf(point.outcome);
      t.false(isBetter(start, found, target) && meets(start, limits));
      t.is(meets(found, limits) || !meets(start, limits), true);
    }),
    { numRuns: 200 },
  );
});

test('with three exits the search is never better than brute force, and as good in four cases of five', (t) => {
  const target: Target = { kind: 'max-drop', drop: 0.1 };
  let equal = 0;
  const cases = fc.sample(tables(3, 12), { numRuns: 100, seed: 1 });
  for (const table of cases) {
    const limits = limitsOf(target, table.images, table.costs.full);
    const choices = table.exits.map(({ confidence }) => [null, ...new Set(confidence)]);
    const best = choices[0]!
      .flatMap((first) => choices[1]!.flatMap((second) => choices[2]!.map((third) => [first, second, third])))
      .map((thresholds) => totalsOf(pointOf(fixedTables(table), thresholds).outcome))
      .filter((totals) => meets(totals, limits))
      .reduce((a, b) => (isBetter(b, a, target) ? b : a));
    const found = totalsOf(jointSearch(fixedTables(table), target).outcome);
    t.false(isBetter(found, best, target));
    if (found.cost === best.cost) equal++;
  }
  t.true(equal >= 80);
});

test('points of the front of one or two exits get cheaper as more may be lost', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 }).chain((exits) => tables(exits, 40)),
      (table) => {
        const costs = jointFront(fixedTables(table)).map(({ outcome }) => outcome.cost);
        t.deepEqual(
          costs,
          [...costs].sort((a, b) => b - a),
        );
        t.true(costs[0]! <= table.images * table.costs.full);
      },
    ),
    { numRuns: 50 },
  );
});
