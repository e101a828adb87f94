import path from 'node:path';
import test from 'ava';
import { chosenCalibration } from '../../../lib/artifact/chosen-calibration.js';
import { calibrationImages } from '../../../lib/cascade/monitor/calibration-images.js';
import { checkReferenceNames, measuredReference } from '../../../lib/cascade/monitor/reference.js';
import { CascadeError } from '../../../lib/errors.js';
import { CLASSES, IMAGES, smallCascade, smallRecords } from '../../support/small-cascade.js';

/** The full network's logits of each image of a split. */
function fullLogits(split: 0 | 1): readonly Float32Array[] {
  const logits = smallRecords(split).logits.at(-1)!;
  return Array.from({ length: IMAGES }, (_, image) => logits.slice(image * CLASSES, (image + 1) * CLASSES));
}

test('an image that thresholds were chosen on is known by its logits, rounded or not, and no other is', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const calibration = await chosenCalibration(folder, manifest, undefined);
  const isKnown = await calibrationImages(folder, manifest, calibration);
  for (const logits of fullLogits(0)) {
    t.true(isKnown(logits));
    t.true(isKnown(logits.map((value, label) => value + (label % 2 === 0 ? 5e-4 : -5e-4))));
  }
  t.false(fullLogits(1).some(isKnown));
  const elsewhere = await calibrationImages(folder, manifest, { ...calibration, split: 'photos' });
  t.false(fullLogits(0).some(elsewhere));
});

test('images that thresholds were chosen on are refused as a reference, but for a repeated one in a hundred', async (t) => {
  const referenceOf = (known: number) =>
    measuredReference(
      'photos',
      ([first]) => first === 1,
      async ({ observe }) => {
        for (let image = 0; image < 200; image++)
          observe({ ranFull: true, disagrees: image < 10, logits: Float32Array.of(Number(image < known)) });
        observe({ ranFull: false, disagrees: false });
      },
    );
  t.deepEqual(await referenceOf(2), { source: 'photos', images: 201, disagreements: 10 });
  await t.throwsAsync(referenceOf(3), {
    instanceOf: CascadeError,
    message:
      'The thresholds were chosen on 3 of 200 images of photos that left early, on which cascade and full network agree more often than on others; give --reference images that had no part in it.',
  });
});

test('images in the folder that thresholds were chosen on, however it is written, are refused as a reference', (t) => {
  const calibration = { split: 'lib/stats docs' };
  for (const images of ['lib/stats', './lib/stats/', path.resolve('docs'), 'docs/README.md', 'lib'])
    t.throws(() => checkReferenceNames(['test', images], calibration), {
      message: /^The thresholds were chosen on /,
    });
  for (const images of ['lib/statistics', 'lib/exits', 'README.md'])
    t.notThrows(() => checkReferenceNames([images], calibration));
  // A split that was recorded is called by no path.
  t.notThrows(() => checkReferenceNames(['.'], { split: 'whole of noise/calibration' }));
});
