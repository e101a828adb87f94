import tf = require('@tensorflow/tfjs-core');

import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import { openBackend } from '../../lib/engine/tensorflow/backend.js';
import { foldedLogits } from '../../lib/heads/classify-features.js';
import { foldHead } from '../../lib/heads/fold-head.js';
import { headGraph } from '../../lib/heads/head-graph.js';
import { HEAD_KINDS, type HeadKind } from '../../lib/heads/head-kinds.js';
import { openHeadStem } from '../../lib/heads/head-stem.js';
import { headGradients } from '../../lib/heads/head-step.js';
import { initialVariables, tensorsOf } from '../../lib/heads/head-variables.js';
import { standardize } from '../../lib/heads/standardization.js';
import { totalMacs } from '../../lib/network/macs.js';
import { createRandom } from '../../lib/stats/random.js';

const SHAPE = [2, 7, 6] as const;
const COLUMNS = 2 * 7 * 6;
const BATCH = 5;
const CLASSES = 3;
const SMALL: HeadKind = {
  convolution: { channels: 3, kernel: 3, stride: 2 },
  pooling: { kind: 'grid', size: 3 },
  hidden: { units: 4, batchNormalization: true, dropout: 0 },
};

test.before(() => openBackend('cpu'));

function uniform(length: number, seed: number, low = -1, high = 1): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => low + (high - low) * random());
}

test.serial(
  'gradients of all tensors of a head with a convolution are those of numerical differences',
  (t) => {
    const stem = openHeadStem(SMALL, SHAPE, COLUMNS);
    const tensors = tensorsOf(initialVariables(stem.inputs, CLASSES, SMALL, createRandom(1)));
    const targets = tf.softmax(tf.tensor2d(uniform(BATCH * CLASSES, 2), [BATCH, CLASSES]));
    const batch = {
      inputs: stem.layerInputs(uniform(BATCH * COLUMNS, 3), BATCH),
      targets,
      mask: tf.tensor2d(uniform(BATCH * 4, 4, 0.5, 1.5), [BATCH, 4]),
      pooling: stem.pooling,
    };
    const { gradients } = headGradients(tensors, batch);
    const step = 2e-3;
    for (const layer of ['convolution', 'hidden', 'logits'] as const) {
      for (const [part, gradient] of Object.entries(gradients[layer]!)) {
        const value = tensors[layer]![part as 'weight'];
        const data = value.dataSync<'float32'>();
        const lossAt = (index: number, by: number): number => {
          const moved = Float32Array.from(data);
          moved[index]! += by;
          const changed = {
            ...tensors,
            [layer]: { ...tensors[layer], [part]: tf.tensor2d(moved, value.shape) },
          };
          return headGradients(changed, batch).loss.dataSync()[0]!;
        };
        const analytic = gradient.dataSync<'float32'>();
        for (let index = 0; index < data.length; index += 1 + Math.floor(data.length / 12)) {
          const numerical = (lossAt(index, step) - lossAt(index, -step)) / (2 * step);
          t.true(
            Math.abs(numerical - analytic[index]!) < 2e-4,
            `${layer}.${part}[${index}]: ${numerical} against ${analytic[index]}`,
          );
        }
      }
    }
  },
);

test.serial(
  'a folded head with a convolution gives in ONNX Runtime what fitting made, borders included',
  async (t) => {
    for (const kind of [SMALL, { ...SMALL, convolution: { channels: 3, kernel: 1, stride: 1 } }]) {
      const stem = openHeadStem(kind, SHAPE, COLUMNS);
      const tensors = tensorsOf(initialVariables(stem.inputs, CLASSES, kind, createRandom(5)));
      const scaling = stem.scaling({
        mean: Float64Array.from(uniform(COLUMNS, 6, 0.5, 2)),
        scale: Float64Array.from(uniform(COLUMNS, 7, 0.5, 2)),
      });
      const running = (units: number, seed: number) => ({
        mean: uniform(units, seed),
        variance: uniform(units, seed + 1, 0.2, 2),
      });
      const statistics = { convolution: running(3, 8), hidden: running(4, 10) };
      const maps = uniform(BATCH * COLUMNS, 12, 0, 3);

      // The fitting network in inference mode, layer by layer, with the library's own convolution.
      const standardized = Float32Array.from(maps);
      standardize(standardized, scaling);
      const { kernel, stride, channels } = kind.convolution!;
      const image = tf.transpose(tf.tensor4d(standardized, [BATCH, ...SHAPE]), [0, 2, 3, 1]);
      const weight = tf.transpose(
        tf.reshape(tf.transpose(tensors.convolution!.weight), [channels, SHAPE[0], kernel, kernel]),
        [2, 3, 1, 0],
      ) as tf.Tensor4D;
      const padding = (kernel - 1) / 2;
      const convolved = tf.conv2d(image as tf.Tensor4D, weight, stride, padding);
      const normalized = (x: tf.Tensor, layer: 'convolution' | 'hidden'): tf.Tensor => {
        const { mean, variance } = statistics[layer];
        const centred = tf.div(tf.sub(x, tf.tensor1d(mean)), tf.sqrt(tf.add(tf.tensor1d(variance), 1e-5)));
        return tf.relu(tf.add(tf.mul(centred, tensors[layer]!.gain!), tensors[layer]!.bias));
      };
      const active = normalized(convolved, 'convolution') as tf.Tensor4D;
      const [rows, columns] = [active.shape[1], active.shape[2]];
      const window = (pixels: number): [number, number] => [
        pixels - 2 * Math.floor(pixels / 3),
        Math.floor(pixels / 3),
      ];
      const pooled = tf.avgPool(
        active,
        [window(rows)[0], window(columns)[0]],
        [window(rows)[1], window(columns)[1]],
        'valid',
      );
      const features = tf.reshape(tf.transpose(pooled, [0, 3, 1, 2]), [BATCH, -1]) as tf.Tensor2D;
      const hidden = normalized(tf.matMul(features, tensors.hidden!.weight), 'hidden') as tf.Tensor2D;
      const expected = tf.add(tf.matMul(hidden, tensors.logits.weight), tensors.logits.bias).dataSync();

      const parameters = foldHead(tensors, kind.convolution, statistics, scaling);
      const graph = headGraph(kind, SHAPE, CLASSES);
      const engine = await openEngine('onnxruntime');
      const program = await engine.load(
        { graph, parameters },
        { outputs: [graph.output], inputType: 'float32' },
      );
      const [logits] = await program.run(maps, BATCH);
      await program.dispose();
      const folded = foldedLogits(parameters, stem, Float32Array.from(maps), BATCH).dataSync();
      for (const [index, value] of expected.entries()) {
        t.true(Math.abs(logits![index]! - value) < 1e-4, `${index}: ${logits![index]} against ${value}`);
        t.true(Math.abs(folded[index]! - value) < 1e-4, `${index}: ${folded[index]} against ${value}`);
      }
    }
  },
);

test('a conv head on 32 channels of 16×16 costs 1,444,352 multiply-accumulates', (t) => {
  // 64·(9·32)·8·8 + 64·16·256 + 256·10
  t.is(totalMacs(headGraph(HEAD_KINDS.conv, [32, 16, 16], 10)), 1_444_352);
});
