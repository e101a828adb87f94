import test from 'ava';
import { loadCalibrations, saveCalibration } from '../../lib/artifact/calibrations.js';
import { chosenCalibration } from '../../lib/artifact/chosen-calibration.js';
import { smallCascade } from '../support/small-cascade.js';

test('a calibration is named by its name or its number from 1, and is the active one otherwise', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const { all } = await loadCalibrations(folder, manifest);
  const promised = { name: 'sure', ...all[1]! };
  await saveCalibration(folder, promised, manifest);
  t.deepEqual(await chosenCalibration(folder, manifest), promised);
  t.deepEqual(await chosenCalibration(folder, manifest, { use: '1' }), all[0]);
  t.deepEqual(await chosenCalibration(folder, manifest, { use: 'sure' }), promised);
  const turned = await chosenCalibration(folder, manifest, { use: 'sure', maxDrop: 0.5 });
  t.deepEqual(turned.target, { kind: 'max-drop', drop: 0.5 });
  t.deepEqual(turned.promise, promised.promise);
  for (const use of ['0', '3', 'fast', ''])
    await t.throwsAsync(chosenCalibration(folder, manifest, { use }), {
      message: `${folder} has no calibration ${JSON.stringify(use)}, but 1, 2 (sure); \`cascade show ${folder}\` lists them.`,
    });
});
