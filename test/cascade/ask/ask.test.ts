import { lstat, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { chooseCertified } from '../../../lib/calibrate/calibrate.js';
import { defaultAveraging } from '../../../lib/calibrate/default-search.js';
import { averagedBy, DEFAULT_SCORING } from '../../../lib/exits/scoring.js';
import { runCascade } from '../../support/run-cascade.js';
import {
  fillAnswers,
  labelled,
  latestThresholds,
  mustRun,
  PICTURES,
  QUESTION,
  withPictures,
} from './asked-cascade.js';

for (const kind of ['small', 'chain'] as const) {
  test(`labels of the images that were asked for choose the thresholds that all labels choose (${kind})`, async (t) => {
    const { folder, cascade } = await withPictures(t, kind);
    await mustRun(folder, 'ask', cascade, ...QUESTION);
    const { record, outputs } = await labelled(folder);
    t.true(record.asked.length > 0);
    await fillAnswers(folder, record.asked.length);
    const { stdout } = await mustRun(folder, 'calibrate', cascade, '--answers', 'ask/ask.csv');
    t.regex(stdout, /All labels that matter are there/);
    const { costs } = outputs;
    const averaging = defaultAveraging({ method: 'shared', criterion: 'softmax', labelFree: false, costs });
    const scoring = { ...DEFAULT_SCORING, ...averagedBy(averaging) };
    const search = { method: 'shared', scoring, labelFree: false } as const;
    const { rule } = chooseCertified(outputs, search, { kind: 'max-drop', drop: 0.2 }, 0.95, 0);
    t.true(rule.thresholds.some((threshold) => threshold !== null));
    t.deepEqual(await latestThresholds(path.join(folder, cascade)), rule.thresholds);
    await mustRun(folder, 'run', cascade, 'pictures', '--quiet');
  });
}

test('the folder holds links to just the images that were asked for, or copies of them', async (t) => {
  const { folder, cascade } = await withPictures(t);
  for (const words of [[], ['--copy', '--force']]) {
    await mustRun(folder, 'ask', cascade, ...QUESTION, ...words);
    const { record } = await labelled(folder);
    t.deepEqual((await readdir(path.join(folder, 'ask'))).sort(), [
      ...['ask.csv', 'ask.html', 'ask.json', 'images', 'outputs'],
    ]);
    const images = path.join(folder, 'ask', 'images');
    t.deepEqual(
      (await readdir(images)).sort(),
      record.asked.map(({ picture }) => picture),
    );
    for (const { picture, file } of record.asked) {
      const found = await lstat(path.join(images, picture));
      t.is(found.isSymbolicLink(), words.length === 0);
      t.deepEqual(await readFile(path.join(images, picture)), await readFile(path.join(folder, file)));
    }
  }
});

test('labelling may stop at any moment: fewer labels promise less, never something else', async (t) => {
  const { folder, cascade } = await withPictures(t);
  await mustRun(folder, 'ask', cascade, ...QUESTION, '--max-drop', '10%');
  const { record } = await labelled(folder);
  const savings: number[] = [];
  const left: number[] = [];
  for (const share of [0, 0.25, 0.5, 1]) {
    await fillAnswers(folder, Math.round(share * record.asked.length));
    const words = ['calibrate', cascade, '--answers', 'ask/ask.csv', '--json'];
    const row = JSON.parse((await mustRun(folder, ...words)).stdout) as {
      readonly macs_saved_percent: number;
      readonly left_at_most: number;
    };
    savings.push(row.macs_saved_percent);
    left.push(row.left_at_most);
  }
  t.deepEqual(
    savings,
    savings.toSorted((a, b) => a - b),
  );
  t.true(savings.at(-1)! > savings[0]!);
  t.is(left[0], record.asked.length);
  t.is(left.at(-1), 0);
});

test('--most keeps the number of labels down', async (t) => {
  const { folder, cascade } = await withPictures(t);
  await mustRun(folder, 'ask', cascade, ...QUESTION, '--most', '5');
  const { record } = await labelled(folder);
  t.true(record.asked.length <= 5);
});

test('a picture that cannot be decoded ends the run, or is left out', async (t) => {
  const { folder, cascade } = await withPictures(t);
  await writeFile(path.join(folder, 'pictures', 'bad.png'), 'no picture');
  const stopped = await runCascade(folder, 'ask', cascade, ...QUESTION);
  t.is(stopped.code, 1);
  t.regex(stopped.stderr, /pictures\/bad\.png cannot be decoded as an image[^\n]+--on-bad-image skip\.\n$/);
  const words = [...QUESTION, '--on-bad-image', 'skip', '--json'];
  const { stdout } = await mustRun(folder, 'ask', cascade, ...words);
  t.is(JSON.parse(stdout).images, PICTURES);
});

test('answers are refused for another cascade, other outputs, or outside their folder', async (t) => {
  const { folder, cascade } = await withPictures(t);
  await mustRun(folder, 'ask', cascade, ...QUESTION);
  const refused = async (message: RegExp, ...words: readonly string[]): Promise<void> => {
    const { code, stderr } = await runCascade(folder, 'calibrate', cascade, '--answers', ...words);
    t.true(code === 1 || code === 2);
    t.regex(stderr, message);
  };
  await refused(/leave --method out, or ask again with it\.\n$/, 'ask/ask.csv', '--method', 'joint');
  await refused(
    /leave --promise out, its labels are for a mean drop alone\.\n$/,
    ...['ask/ask.csv', '--promise', 'per-exit'],
  );
  await refused(/leave --confidence none out\.\n$/, 'ask/ask.csv', '--confidence', 'none');
  await writeFile(path.join(folder, 'ask.csv'), 'image,class\n');
  await refused(/ask\.json is not there; put the answers into the folder/, 'ask.csv');
  await refused(
    /ask is a folder; --answers takes the file of labels in it, such as ask\/ask\.csv\.$/m,
    'ask',
  );
  await refused(
    /ask\/asked\.csv is not there; --answers takes the file of labels in the folder that/,
    'ask/asked.csv',
  );
  const network = path.join(folder, cascade, 'network.json');
  const content = await readFile(network);
  await writeFile(network, `${content} `);
  await refused(/was asked about the network of another cascade than small\.cascade/, 'ask/ask.csv');
  await writeFile(network, content);
  const logits = path.join(folder, 'ask', 'outputs', 'logits-0.npy');
  const bytes = await readFile(logits);
  bytes[bytes.length - 1]! ^= 1;
  await writeFile(logits, bytes);
  await refused(/logits-0\.npy is damaged/, 'ask/ask.csv');
  await rm(path.join(folder, 'ask', 'outputs'), { recursive: true });
  await refused(/holds no records/, 'ask/ask.csv');
});

test('labels that were given are not replaced without --force', async (t) => {
  const { folder, cascade } = await withPictures(t);
  await mustRun(folder, 'ask', cascade, ...QUESTION);
  const { code, stderr } = await runCascade(folder, 'ask', cascade, ...QUESTION);
  t.is(code, 2);
  t.regex(stderr, /ask is there already; choose another --out or add --force/);
});
