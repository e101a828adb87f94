import test from 'ava';
import { chosenCalibration } from '../../../lib/artifact/chosen-calibration.js';
import { atDrop } from '../../../lib/artifact/promised-drop.js';
import { pricesOf } from '../../../lib/artifact/timings/prices.js';
import { certifiedSteps } from '../../../lib/cascade/explain/certified-steps.js';
import { smallCascade } from '../../support/small-cascade.js';

test('every step has the thresholds that its drop gets when it is asked for alone', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const calibration = await chosenCalibration(folder, manifest);
  const steps = certifiedSteps(calibration, pricesOf(manifest, null));
  for (const { drop, thresholds } of steps)
    t.deepEqual(thresholds, atDrop(calibration, drop, folder, manifest).rule.thresholds, `${drop}`);
  t.deepEqual(
    steps.find(({ drop }) => drop === 0.3)?.thresholds,
    calibration.rule.thresholds,
    'the drop that was asked for is among them',
  );
});

test('a choice without a promise has no steps', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const calibration = await chosenCalibration(folder, manifest);
  t.deepEqual(certifiedSteps({ ...calibration, promise: null }, pricesOf(manifest, null)), []);
});
