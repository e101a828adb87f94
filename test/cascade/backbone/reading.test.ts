import test from 'ava';
import {
  accuracyOf,
  logLikelihoodOf,
  meanLogLikelihood,
  type TriedReading,
} from '../../../lib/cascade/backbone/reading.js';

test('log-likelihoods follow from log-odds, also of networks that are all but sure', (t) => {
  // Probabilities of 1/2, 4/5 and 1/5.
  for (const [logOdds, probability] of [
    [0, 1 / 2],
    [Math.log(4), 4 / 5],
    [-Math.log(4), 1 / 5],
  ] as const)
    t.true(Math.abs(logLikelihoodOf(logOdds) - Math.log(probability)) < 1e-15);
  // −ln(1 + e^−40) is −e^−40 to the last digit, where 1 − p would be 0.
  t.is(logLikelihoodOf(40), -Math.exp(-40));
  t.is(logLikelihoodOf(-40), -40);
});

test('means and shares are taken over the images that a reading saw', (t) => {
  const tried = { logOdds: [0, Math.log(4)], answers: [2, 1] } as unknown as TriedReading;
  t.true(Math.abs(meanLogLikelihood(tried) - Math.log(0.4) / 2) < 1e-15);
  t.is(accuracyOf(tried, [2, 0, 1]), 0.5);
});
