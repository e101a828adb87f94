import test from 'ava';
import fc from 'fast-check';
import { certifiedUnderDrop, exactDropTest, remembered } from '../../../lib/calibrate/certified-path.js';
import { answeredPath } from '../../../lib/calibrate/disputes/answered-path.js';
import type { Answers, Dispute } from '../../../lib/calibrate/disputes/dispute.js';
import { labelsLeft } from '../../../lib/calibrate/disputes/labels-left.js';
import { passesDropTest } from '../../../lib/calibrate/disputes/passes.js';
import type { UnlabelledPath } from '../../../lib/calibrate/disputes/unlabelled-path.js';
import { pathOf, type Question, questions, trueAnswers } from './random-questions.js';

const CONFIDENCE = 0.8;

const exact = remembered(exactDropTest);

/** Number of the candidate that is certified, −1 for the full network. */
function decision({ outputs, drop }: Question, path: UnlabelledPath, answers: Answers): number {
  const answered = answeredPath(path, answers);
  const point = certifiedUnderDrop(answered, drop, CONFIDENCE, outputs.costs, exact);
  return point === undefined ? -1 : answered.points.indexOf(point);
}

/** Answers one after another in the order of the list, each image that still matters, until none does. */
function* labelling(question: Question, path: UnlabelledPath): Generator<Answers> {
  const truth = trueAnswers(question, path);
  const passes = passesDropTest(path.images, question.drop, CONFIDENCE, exact);
  const answers = new Map<number, number | null>();
  for (;;) {
    yield answers;
    const [next] = labelsLeft(path.disputes, path.points.length, answers, passes);
    if (next === undefined) return;
    answers.set(next.image, truth.get(next.image)!);
  }
}

test('once no label is left that matters the decision is that of all labels', (t) => {
  fc.assert(
    fc.property(questions, (question) => {
      const path = pathOf(question);
      const answers = [...labelling(question, path)].at(-1)!;
      t.is(decision(question, path, answers), decision(question, path, trueAnswers(question, path)));
    }),
  );
});

test('whenever labelling stops, nothing is certified that all labels would not certify', (t) => {
  fc.assert(
    fc.property(questions, (question) => {
      const path = pathOf(question);
      const all = decision(question, path, trueAnswers(question, path));
      for (const answers of labelling(question, path)) t.true(decision(question, path, answers) <= all);
    }),
  );
});

test('any labels whatever of what is left leave the decision as it is once none matters', (t) => {
  const answer = fc.option(fc.nat(2), { nil: null });
  fc.assert(
    fc.property(questions, fc.array(answer, { minLength: 40, maxLength: 40 }), (question, others) => {
      const path = pathOf(question);
      const answers = [...labelling(question, path)].at(-1)!;
      const filled = new Map<number, number | null>(
        path.disputes.map(({ image }) => [image, others[image]!]),
      );
      for (const [image, known] of answers) filled.set(image, known);
      t.is(decision(question, path, filled), decision(question, path, answers));
    }),
  );
});

test('with every answer the labels left are fewer', (t) => {
  fc.assert(
    fc.property(questions, (question) => {
      const path = pathOf(question);
      const passes = passesDropTest(path.images, question.drop, CONFIDENCE, exact);
      let before = Number.POSITIVE_INFINITY;
      for (const answers of labelling(question, path)) {
        const { length } = labelsLeft(path.disputes, path.points.length, answers, passes);
        t.true(length < before);
        before = length;
      }
    }),
  );
});

/** Three images, of which the first is disputed at all four candidates, the others from the second and the third on. */
const disputes: readonly Dispute[] = [0, 1, 2].map((image) => ({
  image,
  full: [0],
  others: [{ from: image, to: 4, classes: [1] }],
}));

test('no label is asked for where all missing ones may be breaks', (t) => {
  t.deepEqual(
    labelsLeft(disputes, 4, new Map(), (breaks) => breaks <= 3),
    [],
  );
});

test('behind a candidate that fails whatever the missing labels are none is asked for', (t) => {
  const left = (answers: Answers) =>
    labelsLeft(disputes, 4, answers, (breaks) => breaks <= 0).map(({ image }) => image);
  t.deepEqual(left(new Map()), [0, 1, 2]);
  t.deepEqual(left(new Map([[0, 0]])), []);
  t.deepEqual(left(new Map([[0, 1]])), [1, 2]);
  t.deepEqual(left(new Map([[1, 0]])), [0]);
});
