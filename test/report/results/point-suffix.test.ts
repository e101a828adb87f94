import test from 'ava';
import { loadCalibrations } from '../../../lib/artifact/calibrations.js';
import { calibrationSuffix, dropSuffix } from '../../../lib/report/results/point-suffix.js';
import { smallCascade } from '../../support/small-cascade.js';

test('only the active operating point has no suffix', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const calibrations = await loadCalibrations(folder, manifest);
  const [first, second] = calibrations.all;
  t.is(calibrationSuffix(calibrations, second!), '');
  t.is(calibrationSuffix(calibrations, first!), '-1');
  const named = { ...first!, name: 'fast' };
  t.is(calibrationSuffix({ ...calibrations, all: [named, second!] }, named), '-fast');
  t.is(dropSuffix(second!, undefined), '');
  t.is(dropSuffix(second!, 0.3), '', 'what it was calibrated for');
  t.is(dropSuffix(second!, 0.005), '.drop-0.5');
  t.is(dropSuffix(second!, -0.01), '.drop--1');
});
