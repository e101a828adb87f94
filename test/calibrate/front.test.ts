import test from 'ava';
import fc from 'fast-check';
import { operatingFront, operatingPath } from '../../lib/calibrate/front.js';
import { fullNetwork, totalsOf } from '../../lib/calibrate/operating-point.js';
import { CRITERION_NAMES } from '../../lib/exits/criteria.js';
import { fixedTables } from '../../lib/exits/exit-tables.js';
import { scoredTables } from '../../lib/exits/recorded-outputs.js';
import { replay } from '../../lib/exits/replay.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { randomOutputs } from '../support/random-outputs.js';
import { syntheticPopulation } from '../support/synthetic-population.js';
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
          totals.forEach(({ lost, cost }, index) => {
            const before = totals[index - 1];
            t.true(cost < (before?.cost ?? totalsOf(full!.outcome).cost));
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

for (const method of ['paper-path', 'joint'] as const) {
  test(`along the path of ${method} each point is cheaper than the one before, the first than the full network`, (t) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }).chain((exits) => tables(exits, 14)),
        (table) => {
          const path = operatingPath(fixedTables(table), method, 'softmax');
          const macs = [fullNetwork(fixedTables(table)), ...path].map(({ outcome }) => outcome.cost);
          for (const [index, cost] of macs.slice(1).entries()) t.true(cost < macs[index]!);
        },
      ),
      { numRuns: 100 },
    );
  });
}

test('a path begins where next to nothing is saved and ends at its cheapest point, for every criterion', (t) => {
  for (const exits of [1, 3, 8]) {
    for (const seed of [1, 2, 3]) {
      const outputs = syntheticPopulation(1500, exits, seed);
      for (const criterion of CRITERION_NAMES) {
        for (const method of criterion === 'patience'
          ? (['paper-path'] as const)
          : (['paper-path', 'joint'] as const)) {
          const tables = scoredTables(outputs, {
            ...DEFAULT_SCORING,
            criterion,
            top: criterion === 'top-k' ? 2 : 1,
          });
          const path = operatingPath(tables, method, criterion);
          const saved = path.map(({ outcome }) => 1 - outcome.cost / (1500 * 10_000));
          // Patience counts exits: with few of them already its strictest demand lets many images go.
          if (criterion !== 'patience')
            t.true(saved[0]! < 0.02, `${method}, ${criterion}, ${exits}: ${saved[0]}`);
          if (exits > 1) t.true(saved.at(-1)! > 0.3, `${method}, ${criterion}, ${exits}: ${saved.at(-1)}`);
        }
      }
    }
  }
});

test('a cheap point that by chance looks faultless does not hide the safer ones', (t) => {
  // On these images exit 0 is right wherever it is sure by half or more, and so is the full network.
  const images = 200;
  const confidence = Float64Array.from({ length: images }, (_, image) => image / images);
  const correct = Uint8Array.from(confidence, (value) => Number(value >= 0.5));
  const table = {
    images,
    exits: [{ confidence, correct }],
    fullCorrect: new Uint8Array(images).fill(1),
    costs: { backbone: [50], heads: [0], full: 100 },
  };
  const savings = operatingPath(fixedTables(table), 'paper-path', 'softmax').map(
    ({ outcome }) => 1 - outcome.cost / (100 * images),
  );
  t.true(savings.filter((saved) => saved < 0.25).length >= 40);
  t.is(operatingFront(fixedTables(table), 'paper-path', 'softmax').length < savings.length, true);
});

test('exits that may not be used are disabled at every point', (t) => {
  fc.assert(
    fc.property(tables(3, 14), fc.constantFrom('paper-path', 'joint'), (table, method) => {
      for (const { thresholds } of operatingPath(fixedTables(table), method, 'softmax', [true, false, true]))
        t.is(thresholds[1], null);
    }),
  );
});

test('without any exit there is no path, and the front is the full network', (t) => {
  fc.assert(
    fc.property(tables(2, 5), (table) => {
      t.deepEqual(operatingPath(fixedTables(table), 'paper-path', 'softmax', [false, false]), []);
    }),
  );
});

test('where heads are dear, sets of exits that pay make a front that is nowhere dearer, and somewhere cheaper', (t) => {
  const costs = { backbone: [3000, 5000, 7500], heads: [900, 900, 900], full: 10_000 };
  const dear = scoredTables({ ...syntheticPopulation(600, 3, 5), costs }, DEFAULT_SCORING);
  const all = operatingFront(dear, 'paper-path', 'softmax');
  const paying = operatingFront(dear, 'paper-path', 'softmax', 'paying');
  const least = (points: typeof all, drop: number): number =>
    Math.min(
      ...points
        .filter(({ outcome }) => outcome.breaks - outcome.repairs <= drop * 600)
        .map(({ outcome }) => outcome.cost),
    );
  const drops = [0, 0.005, 0.01, 0.02, 0.05, 0.1];
  t.true(drops.every((drop) => least(paying, drop) <= least(all, drop)));
  t.true(drops.some((drop) => least(paying, drop) < least(all, drop)));
});
