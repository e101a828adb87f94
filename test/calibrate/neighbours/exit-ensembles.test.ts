import test from 'ava';
import {
  EXIT_ENSEMBLES,
  ensembleLogits,
  fitEnsemble,
} from '../../../lib/calibrate/neighbours/exit-ensembles.js';
import { exitSummary } from '../../../lib/exits/exit-summary.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

test('two exits of equal weight give the geometric mean of their probabilities, squared: 0.9 and 0.5 stay 0.9', (t) => {
  const members = [Float64Array.of(0.9, 0.1).map(Math.log), Float64Array.of(0.5, 0.5).map(Math.log)];
  const [first, second] = ensembleLogits(
    { weights: Float64Array.of(1, 1), bias: new Float64Array(2) },
    members,
  );
  const odds = Math.exp(first! - second!);
  t.true(Math.abs(odds / (1 + odds) - 0.9) < 1e-12);
});

test('a class bias moves the odds by its exponential', (t) => {
  const members = [Float64Array.of(0.5, 0.5).map(Math.log)];
  const logits = ensembleLogits(
    { weights: Float64Array.of(1), bias: Float64Array.of(Math.log(3), 0) },
    members,
  );
  t.true(Math.abs(Math.exp(logits[0]! - logits[1]!) - 3) < 1e-12);
});

test('fitted weights make the labels likelier than the exit by itself, and none is below 0', (t) => {
  const { labels, classes, exitLogits } = syntheticPopulation(1000, 3, 7);
  const members = exitLogits.map((logits) => exitSummary(logits, classes).logProbabilities);
  const fitted = fitEnsemble(members, labels, classes);
  t.true(fitted.weights.every((weight) => weight >= 0));
  const logits = ensembleLogits(fitted, members);
  const loss = (values: Float64Array): number =>
    labels.reduce((sum, label, image) => {
      const own = values.subarray(image * classes, (image + 1) * classes);
      return sum + Math.log(own.reduce((total, value) => total + Math.exp(value), 0)) - own[label]!;
    }, 0);
  t.true(loss(logits) < loss(members[2]!));
});

test('an exit is charged a multiplication a class and member', (t) => {
  const outputs = syntheticPopulation(200, 3, 8);
  const [{ scorer }] = EXIT_ENSEMBLES.fit(outputs, 1) as [ReturnType<typeof EXIT_ENSEMBLES.fit>[number]];
  t.deepEqual(scorer(outputs).costs.heads, [50 + 4, 50 + 8, 50 + 12]);
});
