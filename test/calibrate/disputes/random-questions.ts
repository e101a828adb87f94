import fc from 'fast-check';
import type { Search } from '../../../lib/calibrate/calibrate.js';
import { type Answer, disputedClasses } from '../../../lib/calibrate/disputes/dispute.js';
import { makeUnlabelledPath, type UnlabelledPath } from '../../../lib/calibrate/disputes/unlabelled-path.js';
import type { RecordedOutputs } from '../../../lib/exits/recorded-outputs.js';
import { averagedBy } from '../../../lib/exits/scoring.js';
import { randomOutputs } from '../../support/random-outputs.js';

/** Outputs with labels, a search, and what is asked of it. */
export interface Question {
  readonly outputs: RecordedOutputs;
  readonly search: Search;
  /** A fraction; below 0 a gain. */
  readonly drop: number;
  readonly seed: number;
}

export const questions: fc.Arbitrary<Question> = fc.record({
  outputs: randomOutputs(2, 40),
  search: fc.record({
    method: fc.constantFrom('shared' as const, 'paper-path' as const),
    scoring: fc
      .record({
        criterion: fc.constantFrom('softmax' as const, 'margin' as const, 'patience' as const),
        top: fc.constantFrom(1, 2),
        weight: fc.constantFrom(0, 0.4, 0.8),
      })
      .map(({ criterion, top, weight }) => ({ criterion, top, ...averagedBy(weight) })),
    labelFree: fc.constant(false),
  }),
  drop: fc.constantFrom(-0.05, 0, 0.05, 0.1, 0.2, 0.3),
  seed: fc.nat(9),
});

export function pathOf({ outputs, search, drop, seed }: Question): UnlabelledPath {
  return makeUnlabelledPath(outputs, search, { kind: 'max-drop', drop }, seed);
}

/** What somebody says who knows the classes and is shown only those that decide something. */
export function trueAnswers({ outputs }: Question, { disputes }: UnlabelledPath): Map<number, Answer> {
  return new Map(
    disputes.map((dispute) => {
      const label = outputs.labels[dispute.image]!;
      return [dispute.image, disputedClasses(dispute).includes(label) ? label : null];
    }),
  );
}
