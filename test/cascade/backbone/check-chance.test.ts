import test from 'ava';
import { checkChance } from '../../../lib/cascade/backbone/check-chance.js';
import type { TriedReading } from '../../../lib/cascade/backbone/reading.js';
import { CascadeError } from '../../../lib/errors.js';

/** A network that gives these answers and is read in one way only. */
function choiceOf(answers: readonly number[], labels: readonly number[]) {
  const tried = {
    reading: { name: '0 to 1', rank: 0 },
    answers,
    logOdds: answers.map(() => 0),
  } as unknown as TriedReading;
  return { chosen: tried, best: tried, usual: tried, tried: [tried], labels };
}

const labelsOf = (images: number, classes: number): number[] =>
  Array.from({ length: images }, (_, image) => image % classes);

test('the same answer for every image is no better than chance, however many images', (t) => {
  const labels = labelsOf(300, 5);
  t.throws(
    () =>
      checkChance(
        choiceOf(
          labels.map(() => 2),
          labels,
        ),
        'n.onnx',
      ),
    {
      instanceOf: CascadeError,
      message:
        'n.onnx is right on 20.0 % of 300 fitting images, no better than chance (20.0 %): its classes or preprocessing are not those of the data; check --data, --mean, --std and --channels, or --force-backbone attaches all the same.',
    },
  );
});

test('of few images a lower level is enough', (t) => {
  // Balanced answers to two classes: with 9 of 10 right, chance has them so or better in 11 of 1024 cases.
  const answers = labelsOf(10, 2).with(0, 1);
  t.notThrows(() => checkChance(choiceOf(answers, labelsOf(10, 2)), 'n.onnx'));
  // 7 of 10: 176 of 1024.
  t.throws(() => checkChance(choiceOf(answers.with(2, 1).with(4, 1), labelsOf(10, 2)), 'n.onnx'));
});

test('a network that is mostly right passes', (t) => {
  const labels = labelsOf(300, 5);
  const answers = labels.map((label, image) => (image < 100 ? (label + 1) % 5 : label));
  t.notThrows(() => checkChance(choiceOf(answers, labels), 'n.onnx'));
});
