import test from 'ava';
import { calibrationAccuracies } from '../../lib/cascade/calibration-accuracies.js';
import { IMAGES, smallCascade, smallRecords } from '../support/small-cascade.js';

test('each exit and the full network are counted on the calibration split alone', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const { labels, logits } = smallRecords(0);
  const counted = logits.map(
    (values) =>
      labels.filter((label, image) => {
        const own = [...values.subarray(image * manifest.classes, (image + 1) * manifest.classes)];
        return own.indexOf(Math.max(...own)) === label;
      }).length,
  );
  const { images, right } = await calibrationAccuracies(folder, manifest);
  t.is(images, IMAGES);
  t.deepEqual(right, counted);
});
