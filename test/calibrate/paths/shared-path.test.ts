import test from 'ava';
import { sharedPath } from '../../../lib/calibrate/paths/shared-path.js';
import { pathThresholds } from '../../../lib/calibrate/paths/threshold-path.js';

test('every point has one threshold for all enabled exits, which is its parameter', (t) => {
  const path = sharedPath([true, false, true]);
  path.parameter.forEach((threshold, point) => {
    t.deepEqual(pathThresholds(path, point), [threshold, null, threshold]);
  });
});

test('the thresholds fall from next to 1 to 0, in even steps of their log-odds but the last', (t) => {
  const [...thresholds] = sharedPath([true]).parameter;
  t.true(thresholds[0]! < 1 && thresholds[0]! > 1 - 1e-13);
  t.is(thresholds.at(-1), 0);
  const logOdds = thresholds.slice(0, -1).map((p) => Math.log(p / (1 - p)));
  // Nearer to 1 a double has too few digits left to say.
  const steps = logOdds.slice(1).map((value, index) => logOdds[index]! - value);
  const precise = steps.filter((_, index) => logOdds[index]! < 20);
  t.true(precise.length > 190);
  t.true(precise.every((step) => Math.abs(step - 0.125) < 1e-5));
  t.true(thresholds.every((threshold, index) => index === 0 || threshold < thresholds[index - 1]!));
});
