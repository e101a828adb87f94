import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadGraphModel } from '@tensorflow/tfjs-converter';

import tf = require('@tensorflow/tfjs-core');

import type { ExecutionContext } from 'ava';
import test from 'ava';
import * as ort from 'onnxruntime-node';
import { type Answer, Cascade } from '../../lib/cascade/cascade.js';
import { openBackend } from '../../lib/engine/tensorflow/backend.js';
import type { ExportDescription } from '../../lib/export/export-description.js';
import { createRandom } from '../../lib/stats/random.js';
import { madeOnce } from '../support/made-once.js';
import { mustRun, runCascade } from '../support/run-cascade.js';
import { SHAPE } from '../support/small-cascade.js';
import { smallChain } from '../support/small-chain.js';
import { ATTACH, idxFiles, SIZE, workshop } from '../support/workshop.js';

const IMAGES = 200;
const PIXELS = SIZE * SIZE;

const calibrated = madeOnce(async (lifetime) => {
  const folder = await workshop(lifetime);
  await mustRun(folder, ...ATTACH, '--out', 'mine.cascade');
  // By the paper's path, which lets images leave at several exits of this little network.
  const words = ['--max-drop', '20%', '--method', 'paper-path', '--average', '0.4'];
  await mustRun(folder, 'calibrate', 'mine.cascade', ...words);
  return folder;
});

/** A small cascade that was exported, some images, and what the cascade itself says of them. */
async function exported(t: ExecutionContext, format: 'onnx' | 'tfjs') {
  const folder = await calibrated(t);
  const out = path.join(folder, 'exported');
  await runCascade(folder, 'export', 'mine.cascade', '--format', format, '--out', out);
  const description = JSON.parse(await readFile(path.join(out, 'export.json'), 'utf8')) as ExportDescription;
  const pixels = Uint8Array.from(idxFiles(IMAGES, 3).images.subarray(16));
  const cascade = await Cascade.load(path.join(folder, 'mine.cascade'));
  const answers = await cascade.classify(pixels);
  await cascade.dispose();
  // Otherwise the comparison would say little.
  t.true(new Set(answers.map(({ block }) => block)).size > 1, 'images leave at several exits');
  return { folder, out, description, pixels, answers };
}

function sameDecision(t: ExecutionContext, answer: Answer, label: number, block: number | null): void {
  t.is(label, answer.label);
  t.is(block, answer.block);
}

test('the ONNX files of a whole cascade decide as cascade does, one image at a time and many at once', async (t) => {
  const { out, description, pixels, answers } = await exported(t, 'onnx');
  const [one, many] = await Promise.all(
    [description.single_file!, description.batch_file!].map((file) =>
      ort.InferenceSession.create(path.join(out, file)),
    ),
  );
  const run = async (session: ort.InferenceSession, images: Uint8Array) => {
    const shape = [images.length / PIXELS, 1, SIZE, SIZE];
    const results = await session.run({ pixels: new ort.Tensor('uint8', images, shape) });
    const [labels, segments] = [results['prediction']!.data, results['segment']!.data];
    return Array.from(labels as BigInt64Array, (label, index) => ({
      label: Number(label),
      block: description.segments[Number(segments[index])]!.block,
    }));
  };
  for (const [image, { label, block }] of (await run(many!, pixels)).entries())
    sameDecision(t, answers[image]!, label, block);
  for (let image = 0; image < 40; image++) {
    const [{ label, block }] = (await run(one!, pixels.slice(image * PIXELS, (image + 1) * PIXELS))) as [
      { label: number; block: number | null },
    ];
    sameDecision(t, answers[image]!, label, block);
  }
  await one!.release();
  await many!.release();
});

test('the ONNX files of the segments chain: each takes what the one before gives, and adds to its scores', async (t) => {
  const { out, description, pixels } = await exported(t, 'onnx');
  const { classes, averaging, last_averaging: lastAveraging } = description;
  const weights = { exits: averaging, last: lastAveraging };
  t.deepEqual(weights, { exits: 0.4, last: 0.4 });
  const single = await ort.InferenceSession.create(path.join(out, description.batch_file!));
  const images = new ort.Tensor('uint8', pixels, [IMAGES, 1, SIZE, SIZE]);
  const whole = await single.run({ pixels: images });
  let value: ort.Tensor = images;
  let before = new Float64Array(IMAGES * classes);
  for (const [position, segment] of description.segments.entries()) {
    const session = await ort.InferenceSession.create(path.join(out, segment.file));
    t.deepEqual([...session.inputNames], [segment.input]);
    const results = await session.run({ [segment.input]: value });
    t.deepEqual(results[segment.logits]!.dims, [IMAGES, description.classes]);
    const logits = results[segment.logits]!.data as Float32Array;
    const weight = segment.features === null ? weights.last! : weights.exits;
    before = Float64Array.from(before, (earlier, index) => {
      const start = index - (index % classes);
      const ofImage = logits.subarray(start, start + classes);
      const most = Math.max(...ofImage);
      const sum = ofImage.reduce((total, logit) => total + Math.exp(logit - most), 0);
      return logits[index]! - most - Math.log(sum) + weight * earlier;
    });
    // Images that leave here have the scores of this segment.
    const scores = whole['scores']!.data as Float32Array;
    for (const [image, left] of (whole['segment']!.data as BigInt64Array).entries()) {
      if (Number(left) !== position) continue;
      for (let index = image * classes; index < (image + 1) * classes; index++)
        t.true(Math.abs(scores[index]! - before[index]!) < 1e-5 * Math.max(1, Math.abs(before[index]!)));
    }
    if (segment.features !== null) value = results[segment.features] as ort.Tensor;
    await session.release();
  }
  await single.release();
});

/** Loads the graph models of an export by their files. */
function graphModelsOf(out: string) {
  return async (file: string) => {
    const folder = path.join(out, path.dirname(file));
    const { modelTopology, weightsManifest } = JSON.parse(await readFile(path.join(out, file), 'utf8'));
    const [{ paths, weights: weightSpecs }] = weightsManifest;
    const bytes = await readFile(path.join(folder, paths[0]));
    const weightData = Uint8Array.from(bytes).buffer;
    return loadGraphModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  };
}

test('an exported chain gives each network the image, and decides as cascade does', async (t) => {
  const { folder } = await smallChain(t);
  const out = path.join(path.dirname(folder), 'exported');
  const cwd = path.dirname(folder);
  await mustRun(cwd, 'export', path.basename(folder), '--format', 'tfjs', '--out', 'exported');
  const description = JSON.parse(await readFile(path.join(out, 'export.json'), 'utf8'));
  const [, side] = SHAPE;
  const random = createRandom(1);
  const pixels = Uint8Array.from({ length: 50 * side * side }, () => 256 * random());
  const cascade = await Cascade.load(folder);
  const answers = await cascade.classify(pixels);
  await cascade.dispose();
  await openBackend('cpu');
  const { loadExportedCascade } = await import(path.join(out, 'runtime', 'export', 'early-exit.js'));
  const exportedChain = await loadExportedCascade(description, graphModelsOf(out));
  for (const [image, { label, leftAt, macs }] of answers.entries()) {
    const values = Int32Array.from(pixels.subarray(image * side * side, (image + 1) * side * side));
    const input = tf.tensor4d(values, [1, side, side, 1], 'int32');
    t.like(await exportedChain.classify(input), { label, leftAt, macs });
    input.dispose();
  }
  exportedChain.dispose();
});

test('the export for TensorFlow.js decides as cascade does, with the runtime that comes with it', async (t) => {
  const { out, description, pixels, answers } = await exported(t, 'tfjs');
  await openBackend('cpu');
  const { loadExportedCascade } = await import(path.join(out, 'runtime', 'export', 'early-exit.js'));
  const load = graphModelsOf(out);
  const before = tf.memory().numTensors;
  const cascade = await loadExportedCascade(description, load);
  const loaded = tf.memory().numTensors;
  for (let image = 0; image < 60; image++) {
    const input = tf.tensor4d(
      Int32Array.from(pixels.subarray(image * PIXELS, (image + 1) * PIXELS)),
      [1, SIZE, SIZE, 1],
      'int32',
    );
    const { label, block, macs, probability } = await cascade.classify(input);
    input.dispose();
    sameDecision(t, answers[image]!, label, block);
    t.is(macs, answers[image]!.macs);
    t.true(Math.abs(probability - answers[image]!.probability) < 1e-4);
  }
  t.is(tf.memory().numTensors, loaded, 'classifying leaves no tensor behind');
  cascade.dispose();
  t.is(tf.memory().numTensors, before, 'nor does a cascade that was disposed of');
});

test('an export that is there is replaced by force only, and nothing else ever', async (t) => {
  const { folder } = await exported(t, 'onnx');
  const again = await runCascade(folder, 'export', 'mine.cascade', '--out', 'exported');
  t.is(again.code, 2);
  t.regex(again.stderr, /exported is there already; choose another --out or add --force/);
  t.is((await runCascade(folder, 'export', 'mine.cascade', '--out', 'exported', '--force')).code, 0);
  const noise = await runCascade(folder, 'export', 'mine.cascade', '--out', 'noise', '--force');
  t.is(noise.code, 2);
  t.regex(noise.stderr, /noise is there already and is no exported cascade/);
});
