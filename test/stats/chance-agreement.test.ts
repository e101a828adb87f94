import test from 'ava';
import { chanceAgreement } from '../../lib/stats/chance-agreement.js';

const repeated = (counts: readonly (readonly [value: number, times: number])[]): number[] =>
  counts.flatMap(([value, times]) => new Array<number>(times).fill(value));

test('answers that always name the commonest class are as good as chance', (t) => {
  const labels = repeated([
    [0, 90],
    [1, 10],
  ]);
  const { hits, chance, pValue } = chanceAgreement(new Array<number>(100).fill(0), labels);
  t.is(hits, 90);
  t.true(Math.abs(chance - 0.9) < 1e-12);
  // R: 1 - pbinom(89, 100, 0.9)
  t.true(Math.abs(pValue - 0.5831555) < 1e-6);
});

test('answers that are less often right than the commonest class would be can be better than chance', (t) => {
  const labels = repeated([
    [0, 450],
    [1, 50],
  ]);
  // Of the 450, 400 right; of the 50, 45 right: 89 %, where always 0 is right on 90 %.
  const answers = repeated([
    [0, 400],
    [1, 50],
    [1, 45],
    [0, 5],
  ]);
  const { hits, chance, pValue } = chanceAgreement(answers, labels);
  t.is(hits, 445);
  // Cohen's expected agreement: 0.9 · 0.81 + 0.1 · 0.19.
  t.true(Math.abs(chance - 0.748) < 1e-12);
  t.true(pValue < 1e-10);
});

test('answers that are never right are certainly as good by chance', (t) => {
  t.is(chanceAgreement([1, 0, 1, 0], [0, 1, 0, 1]).pValue, 1);
  t.deepEqual(chanceAgreement([5, 5], [0, 1]), { hits: 0, chance: 0, pValue: 1 });
});

test('chanceAgreement refuses what is no pairs', (t) => {
  t.throws(() => chanceAgreement([], []), { instanceOf: RangeError });
  t.throws(() => chanceAgreement([1], [1, 2]), { instanceOf: RangeError });
});
