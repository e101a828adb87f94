import test from 'ava';
import fc from 'fast-check';
import { CRITERION_NAMES } from '../../lib/exits/criteria.js';
import {
  joinedOutputs,
  outputExits,
  outputRows,
  type RecordedOutputs,
  scoredTables,
  withoutLabels,
} from '../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING, type Scoring } from '../../lib/exits/scoring.js';
import { randomOutputs } from '../support/random-outputs.js';
import { tableRows } from '../support/table-rows.js';

const OUTPUTS: RecordedOutputs = {
  classes: 3,
  labels: Uint16Array.of(0, 1, 2),
  exitLogits: [Float32Array.of(2, 0, 0, 0, 0, 1, 1, 1, 0), Float32Array.of(0, 3, 0, 0, 3, 0, 0, 0, 3)],
  fullLogits: Float32Array.of(1, 0, 0, 1, 0, 0, 0, 0, 1),
  costs: { backbone: [10, 20], heads: [1, 2], full: 30 },
};

const scorings: fc.Arbitrary<Scoring> = fc.record({
  criterion: fc.constantFrom(...CRITERION_NAMES),
  top: fc.integer({ min: 1, max: 2 }),
  averaging: fc.constantFrom(0, 0.4),
  lastAveraging: fc.constantFrom(0, 0.4, 0.8),
});

test('a table says for each exit and the full network which images are right', (t) => {
  const table = scoredTables(OUTPUTS, DEFAULT_SCORING).table([true, true]);
  t.deepEqual(
    table.exits.map(({ correct }) => [...correct]),
    [
      [1, 0, 0],
      [0, 1, 1],
    ],
  );
  t.deepEqual([...table.fullCorrect], [1, 0, 1]);
  t.is(table.images, 3);
});

test('with top 2 an image is right if its class is among the two likeliest, for the full network too', (t) => {
  const table = scoredTables(OUTPUTS, { ...DEFAULT_SCORING, top: 2 }).table([true, true]);
  // Equal logits rank in the order of their classes.
  t.deepEqual([...table.exits[0]!.correct], [1, 0, 0]);
  t.deepEqual([...table.exits[1]!.correct], [1, 1, 1]);
  t.deepEqual([...table.fullCorrect], [1, 1, 1]);
});

test('an averaged last output is right or wrong by itself, and what drops refer to stays the full network alone', (t) => {
  const scoring = { ...DEFAULT_SCORING, averaging: 0.4, lastAveraging: 0.8 };
  const tables = scoredTables(OUTPUTS, scoring);
  // The second exit outvotes the full network about the first two images, of which it has the second right; the first exit never does.
  t.deepEqual([...tables.table([false, true]).lastCorrect!], [0, 1, 1]);
  t.deepEqual([...tables.table([true, false]).lastCorrect!], [1, 0, 1]);
  t.deepEqual([...tables.table([false, true]).fullCorrect], [1, 0, 1]);
});

test('with no exit enabled the last output is the full network alone, however it is scored', (t) => {
  fc.assert(
    fc.property(randomOutputs(2, 8), scorings, (outputs, scoring) => {
      const { lastCorrect, fullCorrect } = scoredTables(outputs, { ...scoring, lastAveraging: 0.8 }).table([
        false,
        false,
      ]);
      t.deepEqual(lastCorrect, fullCorrect);
    }),
  );
});

test('tables are fixed unless an exit depends on those before it', (t) => {
  const isFixed = (scoring: Scoring): boolean => {
    const tables = scoredTables(OUTPUTS, scoring);
    return tables.table([true, true]) === tables.table([false, true]);
  };
  for (const criterion of CRITERION_NAMES)
    t.is(isFixed({ ...DEFAULT_SCORING, criterion }), criterion !== 'patience');
  t.false(isFixed({ ...DEFAULT_SCORING, averaging: 0.4 }));
});

test('disabling an exit changes the patience of the next', (t) => {
  const tables = scoredTables(
    { ...OUTPUTS, exitLogits: [OUTPUTS.exitLogits[1]!, OUTPUTS.exitLogits[1]!] },
    { ...DEFAULT_SCORING, criterion: 'patience' },
  );
  t.deepEqual([...tables.table([true, true]).exits[1]!.confidence], [2, 2, 2]);
  t.deepEqual([...tables.table([false, true]).exits[1]!.confidence], [1, 1, 1]);
});

test('what an exit says with others disabled is what it says where they do not exist', (t) => {
  fc.assert(
    fc.property(randomOutputs(3, 6), scorings, fc.subarray([0, 1, 2]), (outputs, scoring, kept) => {
      const enabled = [0, 1, 2].map((exit) => kept.includes(exit));
      const all = scoredTables(outputs, scoring).table(enabled);
      const some = scoredTables(outputExits(outputs, kept), scoring).table(kept.map(() => true));
      t.deepEqual(
        kept.map((exit) => all.exits[exit]!),
        some.exits,
      );
      t.deepEqual(all.lastCorrect, some.lastCorrect);
    }),
    { numRuns: 300 },
  );
});

test('scoring some rows is taking some rows of the scores', (t) => {
  fc.assert(
    fc.property(randomOutputs(2, 8), scorings, fc.array(fc.nat(7)), (outputs, scoring, wanted) => {
      const rows = Uint32Array.from(wanted.filter((row) => row < outputs.labels.length));
      fc.pre(rows.length > 0);
      const enabled = [true, true];
      t.deepEqual(
        scoredTables(outputRows(outputs, rows), scoring).table(enabled),
        tableRows(scoredTables(outputs, scoring).table(enabled), rows),
      );
    }),
    { numRuns: 300 },
  );
});

test('without labels the full network is always right, and exits are right where they agree with it', (t) => {
  const unlabelled = withoutLabels(OUTPUTS);
  t.deepEqual([...unlabelled.labels], [0, 0, 2]);
  const table = scoredTables(unlabelled, DEFAULT_SCORING).table([true, true]);
  t.deepEqual([...table.fullCorrect], [1, 1, 1]);
  t.deepEqual([...table.exits[0]!.correct], [1, 0, 0]);
  t.deepEqual([...OUTPUTS.labels], [0, 1, 2]);
});

test('without labels nothing can be repaired, even where the likeliest classes are equally likely', (t) => {
  fc.assert(
    fc.property(randomOutputs(1, 8), (outputs) => {
      const { fullCorrect } = scoredTables(withoutLabels(outputs), DEFAULT_SCORING).table([true]);
      t.true(fullCorrect.every((right) => right === 1));
    }),
  );
});

test('a disagreement is never rarer than a drop: without labels an exit is wrong wherever it breaks a right answer', (t) => {
  fc.assert(
    fc.property(randomOutputs(1, 8), (outputs) => {
      const labelled = scoredTables(outputs, DEFAULT_SCORING).table([true]);
      const unlabelled = scoredTables(withoutLabels(outputs), DEFAULT_SCORING).table([true]);
      labelled.fullCorrect.forEach((full, image) => {
        if (full > labelled.exits[0]!.correct[image]!) t.is(unlabelled.exits[0]!.correct[image], 0);
      });
      t.is(unlabelled.images, labelled.images);
    }),
  );
});

test('rows of recorded outputs come in the order given', (t) => {
  const { labels, exitLogits, fullLogits, costs } = outputRows(OUTPUTS, Uint32Array.of(2, 0));
  t.deepEqual([...labels], [2, 0]);
  t.deepEqual([...exitLogits[0]!], [1, 1, 0, 2, 0, 0]);
  t.deepEqual([...exitLogits[1]!], [0, 0, 3, 0, 3, 0]);
  t.deepEqual([...fullLogits], [0, 0, 1, 1, 0, 0]);
  t.deepEqual(costs, OUTPUTS.costs);
});

test('a choice of exits keeps their logits and costs and the full network', (t) => {
  const second = outputExits(OUTPUTS, [1]);
  t.deepEqual(second.exitLogits, [OUTPUTS.exitLogits[1]!]);
  t.deepEqual(second.costs, { backbone: [20], heads: [2], full: 30 });
  t.is(second.fullLogits, OUTPUTS.fullLogits);
});

test('joined outputs are the images of the first, then those of the second', (t) => {
  const parts = [Uint32Array.of(0, 1), Uint32Array.of(2)].map((rows) => outputRows(OUTPUTS, rows));
  t.deepEqual(joinedOutputs(parts), OUTPUTS);
});
