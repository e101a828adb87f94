import test from 'ava';
import {
  accuracyAt,
  accuracyBins,
  HELD_OUT_ACCURACY,
} from '../../../lib/calibrate/neighbours/held-out-accuracy.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

const COLUMN = {
  confidence: Float64Array.of(0.9, 0.1, 0.2, 0.8, 0.95, 0.3),
  correct: Uint8Array.of(1, 0, 1, 1, 1, 0),
};

test('bins hold equally many images and the accuracy of those in them', (t) => {
  const { from, accuracy } = accuracyBins(COLUMN, 3);
  t.deepEqual([...from], [0.1, 0.3, 0.9]);
  t.deepEqual([...accuracy], [0.5, 0.5, 1]);
});

test('a confidence has the accuracy of the bin that it falls into, below the first that of the first', (t) => {
  const bins = accuracyBins(COLUMN, 3);
  t.deepEqual(
    [0, 0.29, 0.3, 0.85, 0.9, 1].map((confidence) => accuracyAt(bins, confidence)),
    [0.5, 0.5, 0.5, 0.5, 1, 1],
  );
});

test('equally sure images are in one bin', (t) => {
  const { from, accuracy } = accuracyBins(
    { confidence: Float64Array.of(1, 1, 1, 0.5), correct: Uint8Array.of(1, 1, 0, 0) },
    4,
  );
  t.deepEqual([...from], [0.5, 1]);
  t.deepEqual([...accuracy], [0, 2 / 3]);
});

test('at an asked accuracy exactly the images of bins that were at least as accurate leave', (t) => {
  const outputs = syntheticPopulation(300, 2, 3);
  for (const { parameter, scorer, thresholds } of HELD_OUT_ACCURACY.fit(outputs, 1)) {
    const { exits } = scorer(outputs).table([true, true]);
    t.deepEqual(thresholds, [parameter, parameter]);
    for (const { confidence } of exits) for (const value of confidence) t.true(value >= 0 && value <= 1);
  }
});
