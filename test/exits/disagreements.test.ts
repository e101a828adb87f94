import test from 'ava';
import fc from 'fast-check';
import { replayRule } from '../../lib/exits/decision-rule.js';
import { disagreements } from '../../lib/exits/disagreements.js';
import { withoutLabels } from '../../lib/exits/recorded-outputs.js';
import type { Scoring } from '../../lib/exits/scoring.js';
import { randomOutputs } from '../support/random-outputs.js';

const scorings: fc.Arbitrary<Scoring> = fc.constantFrom(
  { criterion: 'softmax', top: 1, averaging: 0 } as const,
  { criterion: 'softmax', top: 1, averaging: 0.4, lastAveraging: 0.4 } as const,
  { criterion: 'margin', top: 1, averaging: 0.8 } as const,
);
const thresholds = fc.array(fc.option(fc.double({ min: 0.2, max: 1, noNaN: true })), {
  minLength: 3,
  maxLength: 3,
});

test('disagreements are the breaks where the full network says what is right', (t) => {
  fc.assert(
    fc.property(randomOutputs(3, 12), scorings, thresholds, (outputs, scoring, each) => {
      const rule = { scoring, thresholds: each };
      const { leftEarly, disagrees } = disagreements(outputs, rule);
      const { breaks, leftAt } = replayRule(withoutLabels(outputs), rule);
      t.is(
        disagrees.reduce((sum, value) => sum + value, 0),
        breaks,
      );
      t.deepEqual(
        [...leftEarly],
        [...leftAt].map((exit) => Number(exit < 3)),
      );
    }),
  );
});

test('an image that no exit lets leave agrees, unless earlier outputs count at the end', (t) => {
  const outputs = {
    classes: 2,
    labels: Uint16Array.of(0),
    exitLogits: [Float32Array.of(3, 0)],
    fullLogits: Float32Array.of(0, 1),
    costs: { backbone: [1], heads: [0], full: 2 },
  };
  const alone = { scoring: { criterion: 'softmax', top: 1, averaging: 0 } as const, thresholds: [1] };
  t.deepEqual(disagreements(outputs, alone), {
    leftEarly: Uint8Array.of(0),
    disagrees: Uint8Array.of(0),
  });
  const averaged = { ...alone, scoring: { ...alone.scoring, averaging: 0.8, lastAveraging: 0.8 } };
  t.deepEqual(disagreements(outputs, averaged), {
    leftEarly: Uint8Array.of(0),
    disagrees: Uint8Array.of(1),
  });
});
