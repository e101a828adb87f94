import test from 'ava';
import fc from 'fast-check';
import { paperThresholds, thresholdAt, thresholdSteps } from '../../lib/calibrate/paper-rule.js';
import { reliabilityCurve } from '../../lib/calibrate/reliability.js';
import type { ExitColumn } from '../../lib/exits/exit-table.js';
import { tables } from './random-table.js';

/** The rule by its words: the smallest confidence δ that occurs with α(δ) ≥ max α − ε, in hundredths and whole counts. */
function bruteForce({ confidence, correct }: ExitColumn, epsilonHundredths: number): number {
  const distinct = [...new Set(confidence)].sort((a, b) => a - b);
  const counts = distinct.map((limit) => {
    const sure = [...correct].filter((_, image) => confidence[image]! >= limit);
    return { right: sure.filter(Boolean).length, all: sure.length };
  });
  const fits = counts.map((own) =>
    // right / all >= other.right / other.all − ε for every other, multiplied out so that nothing is rounded.
    counts.every(
      (other) =>
        100 * own.right * other.all >= 100 * other.right * own.all - epsilonHundredths * own.all * other.all,
    ),
  );
  return distinct[fits.indexOf(true)]!;
}

test("the paper's rule is the smallest threshold of all that is accurate enough, ties included", (t) => {
  fc.assert(
    fc.property(tables(2, 20), fc.integer({ min: 0, max: 100 }), (table, hundredths) => {
      t.deepEqual(
        paperThresholds(table, hundredths / 100),
        table.exits.map((exit) => bruteForce(exit, hundredths)),
      );
    }),
    { numRuns: 1000 },
  );
});

test('an accuracy slack of exactly ε is within ε, whatever the rounding of fractions', (t) => {
  // α is 1 at the surest ten, 9/10 … at the next: 1 − 0.9 is a little less than 0.1 in doubles, 0.3 − 0.2 a little more.
  const confidence = Float64Array.from({ length: 20 }, (_, image) => (image < 10 ? 0.9 : 0.5));
  const correct = Uint8Array.from({ length: 20 }, (_, image) =>
    Number(image < 6 || (image >= 10 && image < 14)),
  );
  const steps = thresholdSteps(reliabilityCurve({ confidence, correct }));
  // 0.6 at 0.9, 0.5 at 0.5.
  t.is(thresholdAt(steps, 0.1), 0.5);
  t.is(thresholdAt(steps, 0.0999), 0.9);
});

test('steps rise in ε from 0 and fall in the threshold to the least confidence that occurs', (t) => {
  fc.assert(
    fc.property(tables(1, 20), ({ exits: [exit] }) => {
      const { epsilon, threshold } = thresholdSteps(reliabilityCurve(exit!));
      t.is(epsilon[0], 0);
      t.is(threshold.at(-1), Math.min(...exit!.confidence));
      for (let step = 1; step < epsilon.length; step++) {
        t.true(epsilon[step]! > epsilon[step - 1]!);
        t.true(threshold[step]! < threshold[step - 1]!);
      }
    }),
  );
});

test('a saturated softmax is one tie group: the threshold is exactly 1 and takes all of it', (t) => {
  const exit = {
    confidence: Float64Array.of(1, 1, 1, 1, 0.4),
    correct: Uint8Array.of(1, 0, 1, 1, 0),
  };
  t.is(thresholdAt(thresholdSteps(reliabilityCurve(exit)), 0), 1);
});
