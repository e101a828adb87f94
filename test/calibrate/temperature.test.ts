import test from 'ava';
import { fitTemperature, withTemperatures } from '../../lib/calibrate/temperature.js';
import type { RecordedOutputs } from '../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';

const LOGITS = Float32Array.of(
  4,
  0,
  0,
  3.5,
  0.5,
  0,
  0,
  5,
  1,
  2,
  2.5,
  0,
  0,
  1,
  3,
  6,
  0,
  1,
  1,
  0,
  4,
  0,
  3,
  2.5,
);
const LABELS = Uint16Array.of(0, 1, 1, 0, 2, 0, 0, 1);

test('the temperature is that of scipy.optimize.minimize_scalar on the mean cross-entropy', (t) => {
  // SciPy 1.17, bounded over the logarithm, xatol 1e-10: 2.1259924858.
  t.true(Math.abs(fitTemperature(LOGITS, LABELS, 3) / 2.1259924858462003 - 1) < 1e-4);
});

test('logits twice as large have a temperature twice as high', (t) => {
  const doubled = LOGITS.map((logit) => 2 * logit);
  t.true(Math.abs(fitTemperature(doubled, LABELS, 3) / (2 * 2.1259924858462003) - 1) < 1e-4);
});

test('logits that are always right want the least temperature that is looked at, 0.05', (t) => {
  t.true(Math.abs(fitTemperature(Float32Array.of(1, 0, 0, 1), Uint16Array.of(0, 1), 2) - 0.05) < 1e-4);
});

const OUTPUTS: RecordedOutputs = {
  classes: 3,
  labels: LABELS,
  exitLogits: [LOGITS, LOGITS.map((logit) => 2 * logit)],
  fullLogits: LOGITS,
  costs: { backbone: [1, 2], heads: [1, 1], full: 3 },
};

test('only the criterion that asks for temperatures gets them, one an exit', (t) => {
  t.is(withTemperatures(DEFAULT_SCORING, OUTPUTS), DEFAULT_SCORING);
  const { temperatures } = withTemperatures({ ...DEFAULT_SCORING, criterion: 'temperature' }, OUTPUTS);
  t.is(temperatures!.length, 2);
  t.true(Math.abs(temperatures![1]! / temperatures![0]! - 2) < 1e-3);
});
