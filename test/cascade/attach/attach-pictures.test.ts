import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import sharp from 'sharp';
import { readNpy } from '../../../lib/files/npy/npy.js';
import { runCascade } from '../../support/run-cascade.js';
import { idxFiles, SIZE, workshop } from '../../support/workshop.js';

/** Larger than what the network sees, so that they are scaled and cropped. */
const SIDE = 16;
const ATTACH_PICTURES = [
  'attach',
  'backbone.safetensors',
  '--force-backbone',
  '--data',
  'pictures',
  '--exits',
  '0,1',
  '--out',
  'mine.cascade',
];

/** The noise of the workshop as a data set of picture files in folders by class, number 7 of the test images cut off. */
async function pictures(t: ExecutionContext): Promise<{ readonly folder: string; readonly bad: string }> {
  const folder = await workshop(t);
  const data = path.join(folder, 'pictures');
  let bad = '';
  for (const [split, images] of [
    ['fit', 120],
    ['calibration', 45],
    ['test', 45],
  ] as const) {
    const pixels = idxFiles(images, 5).images.subarray(16);
    for (let image = 0; image < images; image++) {
      const file = path.join(data, split, 'abc'[image % 3]!, `${String(image).padStart(3, '0')}.jpg`);
      await mkdir(path.dirname(file), { recursive: true });
      const raw = { width: SIZE, height: SIZE, channels: 1 } as const;
      const tile = pixels.subarray(image * SIZE * SIZE, (image + 1) * SIZE * SIZE);
      const bytes = await sharp(tile, { raw }).resize(SIDE, SIDE, { kernel: 'nearest' }).jpeg().toBuffer();
      const isBad = split === 'test' && image === 7;
      if (isBad) bad = file;
      await writeFile(file, isBad ? bytes.subarray(0, bytes.length - 60) : bytes);
    }
  }
  const description = {
    name: 'pictures',
    title: 'Pictures',
    format: 'image-folder',
    class_names: ['dark', 'grey', 'bright'],
    shape: [1, SIZE, SIZE],
    preprocessing: { resize: 'short-side', size: 10 },
    normalization: { mean: [0.5], std: [0.25] },
    files: { fit: ['fit'], calibration: ['calibration'], test: ['test'] },
    splits: { fit: { from: 'fit' }, calibration: { from: 'calibration' }, test: { from: 'test' } },
  };
  await writeFile(path.join(data, 'dataset.json'), JSON.stringify(description));
  return { folder, bad: path.relative(folder, bad) };
}

test('a picture that cannot be decoded ends attaching, or is left out of all that follows', async (t) => {
  const { folder, bad } = await pictures(t);
  const stopped = await runCascade(folder, ...ATTACH_PICTURES);
  t.is(stopped.code, 1);
  t.true(stopped.stderr.includes(`cascade: ${bad} cannot be decoded as an image: `), stopped.stderr);
  t.regex(stopped.stderr, /; repair it, or leave such images out with --on-bad-image skip\.\n$/);

  const attached = await runCascade(folder, ...ATTACH_PICTURES, '--on-bad-image', 'skip');
  t.is(attached.code, 0, attached.stderr);
  t.true(attached.stderr.includes(`Left out: ${bad} cannot be decoded`), attached.stderr);
  const cascade = path.join(folder, 'mine.cascade');
  const { data: labels } = await readNpy(path.join(cascade, 'records', 'test', 'labels.npy'));
  // Images in the order of their classes, 15 of each; number 7 was of the second.
  t.deepEqual(
    [0, 1, 2].map((label) => labels.filter((each) => each === label).length),
    [15, 14, 15],
  );
  t.is((await readNpy(path.join(cascade, 'records', 'calibration', 'labels.npy'))).data.length, 45);

  t.is((await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '20%')).code, 0);
  const measured = await runCascade(folder, 'eval', 'mine.cascade', '--measure', '--data', 'pictures');
  t.is(measured.code, 0, measured.stderr);
});

test('run prepares pictures as recording did', async (t) => {
  const { folder, bad } = await pictures(t);
  t.is((await runCascade(folder, ...ATTACH_PICTURES, '--on-bad-image', 'skip')).code, 0);
  t.is((await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '20%')).code, 0);
  const manifest = JSON.parse(await readFile(path.join(folder, 'mine.cascade', 'cascade.json'), 'utf8'));
  t.like(manifest.backbone.preprocessing, { resize: 'short-side', size: 10, interpolation: 'bilinear' });
  const evaluated = await runCascade(folder, 'eval', 'mine.cascade', '--json', '--quiet');
  const { macs_per_image: macs } = JSON.parse(evaluated.stdout);
  const ran = await runCascade(folder, 'run', 'mine.cascade', 'pictures/test', '--json', '--quiet');
  const results = JSON.parse(ran.stdout) as readonly { readonly image: string; readonly macs: number }[];
  t.false(results.some(({ image }) => image === bad));
  t.is(results.length, 44);
  t.is(Math.round(results.reduce((sum, result) => sum + result.macs, 0) / 44), macs);
});
