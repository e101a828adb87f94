import test from 'ava';
import { logisticRegression } from '../../lib/stats/logistic-regression.js';

const X = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5];

// The same penalised likelihood, half an event at 0 and 0.005 · slope² included, maximised by L-BFGS of PyTorch 2.13.
const FITS = [
  { events: [1, 1, 0, 1, 0, 1, 0, 0, 0, 0], intercept: -0.324504, slope: -1.309127 },
  { events: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], intercept: -3.029384, slope: -0.126363 },
  { events: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], intercept: 3.029384, slope: 0.126363 },
  { events: [1, 1, 1, 1, 0, 0, 0, 0, 0, 0], intercept: -0.889439, slope: -6.262345 },
];

for (const { events, intercept, slope } of FITS) {
  test(`the fit to ${events.join('')} is the one that another method finds`, (t) => {
    const fit = logisticRegression(X, events);
    t.true(Math.abs(fit.intercept - intercept) < 2e-6, `${fit.intercept}`);
    t.true(Math.abs(fit.slope - slope) < 2e-6, `${fit.slope}`);
  });
}
