import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import sharp from 'sharp';
import { Cascade } from '../../lib/cascade/cascade.js';
import { madeOnce } from '../support/made-once.js';
import { mustRun, runCascade } from '../support/run-cascade.js';
import { ATTACH, idxFiles, SIZE, workshop } from '../support/workshop.js';

const attached = madeOnce(async (lifetime) => {
  const folder = await workshop(lifetime);
  await mustRun(folder, ...ATTACH, '--out', 'mine.cascade');
  return folder;
});

test('the library, the example and the command line give the same answers', async (t) => {
  const folder = await attached(t);
  const file = path.join(folder, 'mine.cascade');
  await t.throwsAsync(Cascade.load(file), { message: /has no thresholds yet; run `cascade calibrate/ });
  await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '10%');
  const pixels = idxFiles(200, 3).images.subarray(16);
  const cascade = await Cascade.load(file, { batchSize: 16 });
  t.deepEqual([...cascade.inputShape], [1, SIZE, SIZE]);
  // Two calls at once are worked off one after the other.
  const [answers, first] = await Promise.all([
    cascade.classify(pixels),
    cascade.classify(pixels.subarray(0, SIZE * SIZE)),
  ]);
  t.is(answers.length, 200);
  t.deepEqual([answers[0]], [...first]);
  await t.throwsAsync(cascade.classify(pixels.subarray(1)), {
    message: /are no whole number of images of 1×8×8/,
  });
  await cascade.dispose();

  const { stdout } = await runCascade(folder, 'eval', 'mine.cascade', '--json', '--quiet');
  const expected = JSON.parse(stdout) as { accuracy_percent: number; macs_per_image: number };
  const right = answers.filter(({ label }, image) => label === image % 3).length;
  t.is((100 * right) / 200, expected.accuracy_percent);
  t.is(Math.round(answers.reduce((sum, { macs }) => sum + macs, 0) / 200), expected.macs_per_image);

  const picture = path.join(folder, 'first.png');
  await sharp(pixels.subarray(0, SIZE * SIZE), { raw: { width: SIZE, height: SIZE, channels: 1 } }).toFile(
    picture,
  );
  const { block, className, macs } = answers[0]!;
  const example = await promisify(execFile)(process.execPath, ['examples/classify.mjs', file, picture]);
  t.true(example.stdout.startsWith(`${picture}: ${className}, `), example.stdout);
  t.true(
    example.stdout.endsWith(
      `left at ${block === null ? 'the full network' : `block ${block}`} after ${macs} MACs\n`,
    ),
  );
});

test('a cascade calibrated with a promise is turned to another drop when it is loaded', async (t) => {
  const folder = await attached(t);
  const file = path.join(folder, 'mine.cascade');
  await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '10%');
  const pixels = idxFiles(200, 3).images.subarray(16);
  const cascade = await Cascade.load(file, { maxDrop: 0.5 });
  const answers = await cascade.classify(pixels);
  await cascade.dispose();
  const { stdout } = await runCascade(
    folder,
    'eval',
    'mine.cascade',
    '--max-drop',
    '50%',
    '--json',
    '--quiet',
  );
  const { macs_per_image: expected } = JSON.parse(stdout) as { macs_per_image: number };
  t.is(Math.round(answers.reduce((sum, { macs }) => sum + macs, 0) / 200), expected);
});
