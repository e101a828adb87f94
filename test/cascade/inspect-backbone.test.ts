import path from 'node:path';
import test from 'ava';
import { loadBackbone } from '../../lib/cascade/backbone/load-backbone.js';
import { inspectBackbone } from '../../lib/cascade/inspect-backbone.js';

const FILE = path.join('datasets', 'fashion-mnist-sample', 'resnet20.safetensors');

/** MACs of a 3x3 convolution over 28 × 28 values with 16 channels in and out, as of every convolution of a block, strided ones apart. */
const CONVOLUTION = 28 ** 2 * 9 * 16 ** 2;

test('the embedded ResNet-20 has an exit after each block but the last, counted by hand', async (t) => {
  const summary = inspectBackbone(await loadBackbone(FILE, [28, 28]), 'default');
  t.deepEqual(summary.input_shape, [1, 28, 28]);
  t.is(summary.classes, 10);
  t.is(summary.exits.length, 8);
  const stem = 28 ** 2 * 9 * 16;
  t.deepEqual(summary.exits[2], {
    block: 2,
    name: 'block 2',
    shape: [16, 28, 28],
    macs: stem + 6 * CONVOLUTION,
    macs_percent: Number(((100 * (stem + 6 * CONVOLUTION)) / summary.macs).toFixed(4)),
  });
  // A stage's first convolution makes twice the channels at a quarter of the places.
  t.is(summary.exits[3]!.macs - summary.exits[2]!.macs, 1.5 * CONVOLUTION);
  t.is(summary.macs, stem + (6 + 2 * 5.5) * CONVOLUTION + 64 * 10);
});
