import test from 'ava';
import { METHODS } from '../../../lib/calibrate/calibrate.js';
import { askedWords } from '../../../lib/report/plot/choice-words.js';
import { datasetTitles } from '../../../lib/report/plot/dataset-titles.js';
import { criterionWords, methodWords } from '../../../lib/report/plot/method-words.js';

test('every method has words of its own in pictures, and an unknown one its name', (t) => {
  const words = METHODS.map(methodWords);
  t.is(new Set(words).size, METHODS.length);
  t.true(words.every((each) => !each.includes('-') && each.includes(' ')));
  t.is(methodWords('mine'), 'mine');
});

test('a measure of confidence is told with how outputs are averaged', (t) => {
  t.is(criterionWords('softmax, averaged 0.4'), 'softmax, averaged (0.4)');
  t.is(criterionWords('temperature, top 5'), 'softmax with temperature, top 5');
});

test('known data sets have their titles, others their names', async (t) => {
  const titles = await datasetTitles(['cifar10', 'mine', 'cifar10']);
  t.deepEqual(
    [...titles],
    [
      ['cifar10', 'CIFAR-10'],
      ['mine', 'mine'],
    ],
  );
});

test('what was asked is said of drops, gains, budgets and slacks', (t) => {
  const nothing = {
    ...{ max_drop_points: null, max_macs_percent: null, max_time_percent: null, epsilon_points: null },
    ...{ confidence_percent: 95, labels: 'given', cost: 'macs' },
  };
  for (const [asked, words] of [
    [{ max_drop_points: 1 }, 'drop ≤ 1 point'],
    [{ max_drop_points: 0 }, 'no drop'],
    [{ max_drop_points: -0.5 }, 'gain ≥ 0.5 points'],
    [{ max_drop_points: 1, labels: 'none' }, 'disagreement ≤ 1 point'],
    [{ max_macs_percent: 60 }, 'MACs ≤ 60 %'],
    [{ max_time_percent: 70 }, 'time ≤ 70 %'],
    [{ epsilon_points: 2 }, 'ε = 2 %'],
    [{}, ''],
  ] as const)
    t.is(askedWords({ ...nothing, ...asked }), words);
});
