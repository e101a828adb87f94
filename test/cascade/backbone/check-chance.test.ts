import test from 'ava';
import { checkChance } from '../../../lib/cascade/backbone/check-chance.js';
import type { ReadingChoice, TriedReading } from '../../../lib/cascade/backbone/reading.js';

/** A choice among one reading, which gave these answers. */
function choiceOf(answers: readonly number[], labels: readonly number[]): ReadingChoice {
  const reading = {
    name: '0 to 1',
    variant: { architecture: '', network: {} as never, openChoices: new Map() },
    normalization: { mean: [0], std: [1] },
    rank: 1,
  };
  const tried: TriedReading = { reading, logOdds: answers.map(() => 0), answers };
  return { chosen: tried, best: tried, usual: tried, tried: [tried], labels };
}

function repeated(values: readonly number[], times: number): number[] {
  return Array.from({ length: values.length * times }, (_, index) => values[index % values.length]!);
}

test('a network that is right about images of several classes passes', (t) => {
  t.notThrows(() => checkChance(choiceOf(repeated([0, 1], 8), repeated([0, 1], 8)), 'n.th'));
});

test('one that always gives the same answer is refused, however common that class is', (t) => {
  const labels = repeated([0, 0, 0, 1], 100);
  t.throws(
    () =>
      checkChance(
        choiceOf(
          labels.map(() => 0),
          labels,
        ),
        'n.th',
      ),
    {
      message:
        'n.th is right on 75.0 % of 400 fitting images, no better than chance (75.0 %): its classes or preprocessing are not those of the data; check --data and how its pixels are normalised (--mean, --std and --channels of cascade attach), or go on all the same with --force-backbone.',
    },
  );
});

test('images of one class refuse only a network that is wrong about them', (t) => {
  const labels = repeated([0], 16);
  t.notThrows(() => checkChance(choiceOf(labels, labels), 'n.th'));
  t.throws(
    () =>
      checkChance(
        choiceOf(
          labels.map(() => 1),
          labels,
        ),
        'n.th',
      ),
    {
      message: /^n\.th is right on 0\.0 % of 16 fitting images, /,
    },
  );
});
