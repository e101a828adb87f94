import test from 'ava';
import fc from 'fast-check';
import { labelsLeft } from '../../../lib/calibrate/disputes/labels-left.js';
import { passesDropTest } from '../../../lib/calibrate/disputes/passes.js';
import { withinLabels } from '../../../lib/calibrate/disputes/within-labels.js';
import { pathOf, questions } from './random-questions.js';

test('a path within a number of labels is the longest beginning of the whole one that never needs more', (t) => {
  fc.assert(
    fc.property(questions, fc.nat(12), (question, mostLabels) => {
      const path = pathOf(question);
      const passes = passesDropTest(path.images, question.drop, 0.8);
      const needed = (points: number): number => labelsLeft(path.disputes, points, new Map(), passes).length;
      const { points, disputes } = withinLabels(path, mostLabels, passes);
      t.deepEqual(points, path.points.slice(0, points.length));
      t.true(needed(points.length) <= mostLabels);
      if (points.length < path.points.length) t.true(needed(points.length + 1) > mostLabels);
      t.is(labelsLeft(disputes, points.length, new Map(), passes).length, needed(points.length));
      for (const { others } of disputes) t.true(others.length > 0 && others.at(-1)!.to <= points.length);
    }),
    { numRuns: 50 },
  );
});
