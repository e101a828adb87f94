import test from 'ava';
import { CLASS_THRESHOLDS, classThresholds } from '../../../lib/calibrate/neighbours/class-thresholds.js';
import { softmaxColumns } from '../../../lib/calibrate/neighbours/exit-columns.js';
import { replayPolicies } from '../../../lib/calibrate/neighbours/policy-path.js';
import type { RecordedOutputs } from '../../../lib/exits/recorded-outputs.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

/** Two classes; an exit's logit is that of class 0, so that its sign is the prediction and its size the confidence. */
function outputsOf(labels: readonly number[], ...exits: readonly (readonly number[])[]): RecordedOutputs {
  const logits = (values: readonly number[]): Float32Array =>
    Float32Array.from(values.flatMap((value) => [value, 0]));
  return {
    classes: 2,
    labels: Uint16Array.from(labels),
    exitLogits: exits.map(logits),
    fullLogits: logits(labels.map((label) => (label === 0 ? 9 : -9))),
    costs: { backbone: exits.map((_, exit) => exit + 1), heads: exits.map(() => 0), full: 10 },
  };
}

function thresholdsOf(outputs: RecordedOutputs, precision: number): readonly (readonly number[])[] {
  const correct = softmaxColumns(outputs, 1).map((column) => column.correct);
  return classThresholds(outputs, correct, precision).map((ofClass) => [...ofClass]);
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

test('each predicted class has the least confidence from which on it is right as often as asked', (t) => {
  // Class 0: right at 4 and 3, wrong at 2, right at 1. Class 1: wrong at 3.
  const outputs = outputsOf([0, 0, 1, 0, 0], [4, 3, 2, 1, -3]);
  const [half] = thresholdsOf(outputs, 0.75);
  t.true(Math.abs(half![0]! - sigmoid(1)) < 1e-7);
  t.is(half![1], Number.POSITIVE_INFINITY);
  const [all] = thresholdsOf(outputs, 1);
  t.true(Math.abs(all![0]! - sigmoid(3)) < 1e-7);
});

test('a later exit is judged by the images that have come so far alone', (t) => {
  // The image that the second exit has wrong has left at the first.
  const outputs = outputsOf([0, 0], [5, -1], [-4, 2]);
  const [, second] = thresholdsOf(outputs, 1);
  t.is(second![1], Number.POSITIVE_INFINITY);
  t.true(Math.abs(second![0]! - sigmoid(2)) < 1e-7);
});

test('where a precision is asked, no exit has fewer right on the images that thresholds are made from', (t) => {
  const outputs = syntheticPopulation(400, 3, 5);
  const policies = CLASS_THRESHOLDS.fit(outputs, 1);
  replayPolicies(policies, outputs).forEach(({ counts, correctCounts }, index) => {
    const precision = Math.min(1, policies[index]!.parameter);
    for (let exit = 0; exit < 3; exit++) t.true(correctCounts[exit]! >= precision * counts[exit]! - 1e-9);
  });
});
