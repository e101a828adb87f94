import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import test from 'ava';
import * as ort from 'onnxruntime-node';
import { Cascade } from '../../../lib/cascade/cascade.js';
import { mustRun, runCascade, temporaryFolder } from '../../support/run-cascade.js';

const FIXTURES = path.resolve('test', 'weights', 'onnx', 'fixtures', 'architectures');
const SAMPLE = path.resolve('datasets', 'fashion-mnist-sample');

/** Pixels of the sample's test images and their labels. */
async function sample(): Promise<{ readonly pixels: Buffer; readonly labels: Buffer }> {
  const read = async (name: string, header: number): Promise<Buffer> =>
    gunzipSync(await readFile(path.join(SAMPLE, name))).subarray(header);
  return {
    pixels: await read('test-images-idx3-ubyte.gz', 16),
    labels: await read('test-labels-idx1-ubyte.gz', 8),
  };
}

interface Evaluated {
  readonly accuracy_percent: number;
  readonly macs_per_image: number;
  readonly exits: readonly { readonly name: string; readonly images_percent?: number }[];
}

/** A DenseNet, an EfficientNet with squeeze-and-excite, and a transformer, fitted on the sample. */
for (const name of ['trained-densenet', 'trained-efficientnet', 'trained-vit'])
  test(`${name}: attached, calibrated, measured with real stopping and exported`, async (t) => {
    const folder = await temporaryFolder(t);
    const file = path.join(folder, `${name}.onnx`);
    await writeFile(file, gunzipSync(await readFile(path.join(FIXTURES, `${name}.onnx.gz`))));
    const attach = ['--exits', '3', '--heads', 'mlp', '--augment', '0', '--fit-images', '2000'];
    await mustRun(folder, 'attach', file, '--data', 'fashion-mnist-sample', ...attach, '--out', 'a.cascade');
    await mustRun(folder, 'calibrate', 'a.cascade', '--max-drop', '5%');
    const { stdout } = await mustRun(folder, 'eval', 'a.cascade', '--json', '--quiet', '--measure');
    const evaluated = JSON.parse(stdout) as Evaluated;

    // What really stops gives the same answers at the same cost as the replay of the records.
    const cascade = await Cascade.load(path.join(folder, 'a.cascade'), { batchSize: 64 });
    const { pixels, labels } = await sample();
    const answers = await cascade.classify(pixels);
    await cascade.dispose();
    const right = answers.filter(({ label }, image) => label === labels[image]).length;
    t.is((100 * right) / labels.length, evaluated.accuracy_percent);
    t.is(
      Math.round(answers.reduce((sum, { macs }) => sum + macs, 0) / labels.length),
      evaluated.macs_per_image,
    );
    t.true(answers.some(({ block }) => block !== null));

    await mustRun(folder, 'export', 'a.cascade', '--format', 'onnx', '--out', 'exported');
    const segments = (await readdir(path.join(folder, 'exported'))).filter((each) => each.endsWith('.onnx'));
    t.true(segments.length >= 2);
    for (const segment of segments)
      await (
        await ort.InferenceSession.create(path.join(folder, 'exported', segment), { logSeverityLevel: 3 })
      ).release();

    for (const words of [
      ['eval', 'a.cascade', '--measure', '--engine', 'tensorflow'],
      ['export', 'a.cascade', '--format', 'tfjs', '--out', 'other'],
    ]) {
      const { code, stderr } = await runCascade(folder, ...words);
      t.is(code, 1);
      t.regex(
        stderr,
        /cascade: The node \S+ is ONNX's operator [A-Z]\w+, which cascade does not (run|write)/,
      );
    }
  });
