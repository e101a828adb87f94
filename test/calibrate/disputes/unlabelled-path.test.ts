import test from 'ava';
import fc from 'fast-check';
import { makeCertifiedPath } from '../../../lib/calibrate/calibrate.js';
import { type CertifiedPath, type TestedPath, testedPath } from '../../../lib/calibrate/certified-path.js';
import { answeredPath } from '../../../lib/calibrate/disputes/answered-path.js';
import { makeUnlabelledPath } from '../../../lib/calibrate/disputes/unlabelled-path.js';
import { outputRows, scoredTables } from '../../../lib/exits/recorded-outputs.js';
import { replayOn } from '../../../lib/exits/replay.js';
import { DEFAULT_SCORING } from '../../../lib/exits/scoring.js';
import { permutation } from '../../../lib/stats/permutation.js';
import { createRandom } from '../../../lib/stats/random.js';
import { pathOf, questions, trueAnswers } from './random-questions.js';

test('the path does not change with the labels', (t) => {
  fc.assert(
    fc.property(questions, (question) => {
      const { outputs } = question;
      const others = { ...outputs, labels: outputs.labels.map((label) => (label + 1) % outputs.classes) };
      t.deepEqual(pathOf({ ...question, outputs: others }), pathOf(question));
    }),
  );
});

/** How many images leave at each exit is known, and not kept, without labels. */
function withoutCounts({ points, ...path }: TestedPath): CertifiedPath {
  return { ...path, points: points.map(({ counts: _, ...point }) => point) };
}

test('with the labels of the disputed images every candidate has the breaks and repairs that all labels show', (t) => {
  fc.assert(
    fc.property(questions, (question) => {
      const path = pathOf(question);
      const order = permutation(question.outputs.labels.length, createRandom(question.seed));
      const testing = outputRows(question.outputs, order.subarray(path.pathImages));
      const candidates = path.points.map(({ thresholds, parameter }) => ({
        thresholds,
        parameter: parameter!,
      }));
      const expected = testedPath(candidates, scoredTables(testing, path.scoring), false);
      t.deepEqual(answeredPath(path, trueAnswers(question, path)), withoutCounts(expected));
    }),
  );
});

test('where nothing is fitted the path is the one that calibrating with labels tests', (t) => {
  fc.assert(
    fc.property(questions, (question) => {
      const search = { ...question.search, method: 'shared' } as const;
      const path = pathOf({ ...question, search });
      const target = { kind: 'max-drop', drop: question.drop } as const;
      const labelled = makeCertifiedPath(question.outputs, search, target, question.seed);
      t.deepEqual(
        answeredPath(path, trueAnswers({ ...question, search }, path)),
        withoutCounts(labelled.path),
      );
    }),
  );
});

test('disputed are the images that some candidate predicts otherwise than the full network, and only those', (t) => {
  fc.assert(
    fc.property(questions, (question) => {
      const search = { ...question.search, method: 'shared', scoring: DEFAULT_SCORING } as const;
      const { points, disputes } = pathOf({ ...question, search });
      const { outputs } = question;
      const { classes } = outputs;
      const likeliest = (logits: Float32Array, image: number): number => {
        const own = [...logits.subarray(image * classes, (image + 1) * classes)];
        return own.indexOf(Math.max(...own));
      };
      const tables = scoredTables(outputs, DEFAULT_SCORING);
      const expected = new Set<number>();
      for (const { thresholds } of points) {
        replayOn(tables, thresholds).leftAt.forEach((exit, image) => {
          const logits = outputs.exitLogits[exit] ?? outputs.fullLogits;
          if (likeliest(logits, image) !== likeliest(outputs.fullLogits, image)) expected.add(image);
        });
      }
      t.deepEqual(disputes.map(({ image }) => image).sort(), [...expected].sort());
    }),
  );
});

test('images come in the order of the first candidate that disagrees', (t) => {
  fc.assert(
    fc.property(questions, (question) => {
      const firsts = pathOf(question).disputes.map(({ others }) => others[0]!.from);
      t.deepEqual(
        firsts,
        firsts.toSorted((a, b) => a - b),
      );
    }),
  );
});

test('what an image is predicted as at neighbouring candidates is one entry', (t) => {
  const outputs = {
    classes: 2,
    labels: Uint16Array.of(0, 0),
    // The first image is disputed from where its exit lets it leave to the end of the path, the second one never.
    exitLogits: [Float32Array.of(0, 2, 2, 0)],
    fullLogits: Float32Array.of(1, 0, 1, 0),
    costs: { backbone: [10], heads: [1], full: 20 },
  };
  const search = { method: 'shared', scoring: DEFAULT_SCORING, labelFree: false } as const;
  const { points, disputes } = makeUnlabelledPath(outputs, search, { kind: 'max-drop', drop: 0 }, 0);
  // softmax(2, 0) = 0.8808 is first reached by the threshold 1 / (1 + exp(-2)), sixteen steps of 1/8 before log-odds of 0.
  const from = 8 * (32 - 2);
  t.deepEqual(disputes, [{ image: 0, full: [0], others: [{ from, to: points.length, classes: [1] }] }]);
});
