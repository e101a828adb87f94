import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import test from 'ava';
import sharp from 'sharp';
import { madeOnce } from '../support/made-once.js';
import { mustRun, runCascade, startCascade } from '../support/run-cascade.js';
import { ATTACH, idxFiles, SIZE, workshop } from '../support/workshop.js';

const IMAGES = 200;

/** A calibrated cascade, and its test images as PNG files. */
const withPictures = madeOnce(async (lifetime) => {
  const folder = await workshop(lifetime);
  await mustRun(folder, ...ATTACH, '--out', 'mine.cascade');
  await mustRun(folder, 'calibrate', 'mine.cascade', '--max-drop', '10%');
  await mkdir(path.join(folder, 'pictures'));
  // The same seed as that of the test split.
  const pixels = idxFiles(IMAGES, 3).images.subarray(16);
  for (let image = 0; image < IMAGES; image++) {
    const raw = { width: SIZE, height: SIZE, channels: 1 } as const;
    await sharp(pixels.subarray(image * SIZE * SIZE, (image + 1) * SIZE * SIZE), { raw })
      .png()
      .toFile(path.join(folder, 'pictures', `${String(image).padStart(3, '0')}.png`));
  }
  return folder;
});

interface Result {
  readonly image: string;
  readonly block: number | null;
  readonly class: number;
  readonly macs: number;
}

test('run leaves at the exits that eval reports, in the order of the files, whatever the batch', async (t) => {
  const folder = await withPictures(t);
  const evaluation = await runCascade(folder, 'eval', 'mine.cascade', '--json', '--quiet');
  const expected = JSON.parse(evaluation.stdout) as {
    readonly accuracy_percent: number;
    readonly macs_per_image: number;
    readonly exits: readonly { readonly block: number | null; readonly share_percent: number }[];
  };
  for (const batch of ['1', '7', '64']) {
    const { code, stdout, stderr } = await runCascade(
      folder,
      ...['run', 'mine.cascade', 'pictures', '--json', '--quiet', '--batch', batch],
    );
    t.is(code, 0, stderr);
    const results = JSON.parse(stdout) as readonly Result[];
    t.deepEqual(
      results.map(({ image }) => image),
      Array.from({ length: IMAGES }, (_, image) =>
        path.join('pictures', `${String(image).padStart(3, '0')}.png`),
      ),
    );
    for (const { block, share_percent: share } of expected.exits) {
      t.is((100 * results.filter((result) => result.block === block).length) / IMAGES, share);
    }
    const right = results.filter((result, image) => result.class === image % 3).length;
    t.is((100 * right) / IMAGES, expected.accuracy_percent);
    const macs = results.reduce((sum, result) => sum + result.macs, 0) / IMAGES;
    t.is(Math.round(macs), expected.macs_per_image);
  }
});

test('a bad image is named, the others go on, and the exit code is 1', async (t) => {
  const folder = await withPictures(t);
  await writeFile(path.join(folder, 'pictures', '100-bad.png'), 'no picture');
  const words = ['run', 'mine.cascade', 'pictures', '--format', 'csv'];
  const { code, stdout, stderr } = await runCascade(folder, ...words);
  t.is(code, 1);
  t.is(stdout.trim().split('\n').length, 1 + IMAGES);
  t.regex(stdout, /^image,class,class_name,probability_percent,block,left_at,macs\n/);
  t.regex(stderr, /^pictures\/100-bad\.png cannot be decoded as an image/m);
  const stopped = await runCascade(folder, ...words, '--on-bad-image', 'stop');
  t.is(stopped.code, 1);
  t.regex(stopped.stderr, /^cascade: pictures\/100-bad\.png cannot be decoded as an image: [^\n]+\.\n$/);
  t.is(stopped.stdout.trim().split('\n').length, 1 + 100, 'the results before the bad image');
});

test('an image that is not there and an empty folder are refused', async (t) => {
  const folder = await withPictures(t);
  await mkdir(path.join(folder, 'empty'));
  const missing = await runCascade(folder, 'run', 'mine.cascade', 'nothing.png');
  t.is(missing.code, 2);
  t.is(missing.stderr, 'cascade: nothing.png cannot be read: no such file or directory.\n');
  const empty = await runCascade(folder, 'run', 'mine.cascade', 'empty');
  t.regex(empty.stderr, /^cascade: empty holds no image file/);
});

test('a path that is not there does not stop the others, unless that is asked for', async (t) => {
  const folder = await withPictures(t);
  const words = ['run', 'mine.cascade', 'nothing.png', 'pictures/003.png', '--format', 'csv'];
  const { code, stdout, stderr } = await runCascade(folder, ...words);
  t.is(code, 1);
  t.regex(stdout, /^pictures\/003\.png,/m);
  t.regex(stderr, /^nothing\.png cannot be /m);
  const stopped = await runCascade(folder, ...words, '--on-bad-image', 'stop');
  t.is(stopped.code, 2);
  t.regex(stopped.stderr, /^cascade: nothing\.png cannot be [^\n]+\.\n$/);
});

for (const [images, message] of [
  [['a.png'], 'The image could not be read.'],
  [['a.png', 'b.png'], 'None of the 2 images could be read.'],
  [['a.png', 'pictures/003.png'], '1 of 2 images could not be read; the other one was classified.'],
  [
    ['a.png', 'pictures/003.png', 'pictures/004.png'],
    '1 of 3 images could not be read; the other 2 were classified.',
  ],
] as const) {
  test(`of ${images.join(', ')} it is said how many could be read, and no more`, async (t) => {
    const folder = await withPictures(t);
    for (const name of ['a.png', 'b.png']) await writeFile(path.join(folder, name), 'no picture');
    const { code, stderr } = await runCascade(folder, 'run', 'mine.cascade', ...images, '--quiet');
    t.is(code, 1);
    t.is(stderr, `cascade: ${message}\n`);
  });
}

test('results come while standard input is still open, and a path that is not there does not stop it', async (t) => {
  const folder = await withPictures(t);
  const run = startCascade(folder, 'run', 'mine.cascade', '--format', 'csv', '--batch', '1');
  const lines = createInterface({ input: run.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => (await lines.next()).value as string;
  run.stdin.write('pictures/003.png\n');
  t.regex(await nextLine(), /^image,class,/);
  t.regex(await nextLine(), /^pictures\/003\.png,/);
  run.stdin.write('nothing.png\npictures/001.png\n');
  t.regex(await nextLine(), /^pictures\/001\.png,/);
  const closed = once(run, 'close');
  run.stdin.end();
  t.deepEqual(await closed, [1, null]);
});

test('the first bad image stops run though standard input stays open, where that is asked for', async (t) => {
  const folder = await withPictures(t);
  const run = startCascade(folder, 'run', 'mine.cascade', '--batch', '1', '--on-bad-image', 'stop');
  const closed = once(run, 'close');
  run.stdin.write('nothing.png\n');
  t.deepEqual(await closed, [1, null]);
});

test('no path on standard input is wrong usage', async (t) => {
  const folder = await withPictures(t);
  const { code, stderr } = await runCascade(folder, 'run', 'mine.cascade');
  t.is(code, 2);
  t.regex(stderr, /^cascade: No image was given;/);
});

test('a table of more rows than one part holds repeats its header', async (t) => {
  const folder = await withPictures(t);
  const sixTimes = new Array<string>(6).fill('pictures');
  const { stdout } = await runCascade(folder, 'run', 'mine.cascade', ...sixTimes);
  const lines = stdout.trimEnd().split('\n');
  t.is(lines.length, 2 + 6 * IMAGES);
  t.deepEqual(
    lines.flatMap((line, index) => (line.startsWith('image ') ? [index] : [])),
    [0, 1001],
  );
});
