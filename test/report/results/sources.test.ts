import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { recordsFolder } from '../../../lib/records/records.js';
import { cascadeSources } from '../../../lib/report/results/sources.js';
import { IMAGES, smallCascade } from '../../support/small-cascade.js';

test('figures are of the network, and of the records by the bytes of what names them', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const files = ['calibration', 'test'].map((name) => path.join(recordsFolder(folder, name), 'meta.json'));
  const hashes = await Promise.all(
    files.map(async (file) =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ),
  );
  t.deepEqual(await cascadeSources(folder, manifest), {
    weights: [{ file: 'backbone.safetensors', sha256: '0'.repeat(64) }],
    data: [
      { source: 'noise/calibration', images: IMAGES, sha256: hashes[0]! },
      { source: 'noise/test', images: IMAGES, sha256: hashes[1]! },
    ],
  });
  await rm(files[1]!);
  await t.throwsAsync(cascadeSources(folder, manifest), {
    message: `${recordsFolder(folder, 'test')} holds no records; attach again.`,
  });
});
