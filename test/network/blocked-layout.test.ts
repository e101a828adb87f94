import test from 'ava';
import * as ort from 'onnxruntime-node';
import { writeOnnx } from '../../lib/engine/onnxruntime/write-onnx.js';
import { forBlockedLayout } from '../../lib/network/blocked-layout.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import type { Network } from '../../lib/network/graph.js';
import { randomBackbone } from '../../lib/network/random-network.js';
import { subnetwork } from '../../lib/network/segments.js';
import { randomImages } from '../../scripts/bench/random-images.js';

test('option-A shortcuts written as convolutions copy exactly, and the logits agree up to rounding', async (t) => {
  const network = randomBackbone(2);
  const replaced = forBlockedLayout(network);
  const kinds = replaced.graph.nodes.map(({ kind }) => kind);
  t.false(kinds.includes('strided-slice') || kinds.includes('pad-channels'));
  t.is(kinds.filter((kind) => kind === 'convolution').length, 1 + 12 + 2);
  const pixels = new Uint8Array(4 * 3072);
  await randomImages(4).readImages([0, 1, 2, 3], pixels);
  // Plain ONNX of both, since the engine itself replaces shortcuts.
  const run = async (model: Network, output: string): Promise<Float32Array> => {
    const bytes = writeOnnx(model, { outputs: [output], inputType: 'uint8' });
    const session = await ort.InferenceSession.create(bytes);
    const results = await session.run({ pixels: new ort.Tensor('uint8', pixels, [4, 3, 32, 32]) });
    await session.release();
    return results[output]!.data as Float32Array;
  };
  const [shortcut] = network.graph.nodes.filter(({ kind }) => kind === 'pad-channels');
  t.deepEqual(await run(replaced, shortcut!.name), await run(network, shortcut!.name));
  const expected = await run(network, network.graph.output);
  for (const [index, value] of (await run(replaced, network.graph.output)).entries())
    t.true(Math.abs(value - expected[index]!) < 1e-4);
});

test('a slice that is wanted for itself stays', (t) => {
  const { graph, parameters } = randomBackbone(1);
  const [slice] = graph.nodes.filter(({ kind }) => kind === 'strided-slice');
  const replaced = forBlockedLayout({ graph: { ...graph, output: slice!.name }, parameters });
  t.true(replaced.graph.nodes.some(({ name, kind }) => name === slice!.name && kind === 'strided-slice'));
});

test('a segment whose input goes straight into a sum copies it first, and computes the same', async (t) => {
  const network = randomBackbone(2);
  const [first, last] = cutPoints(network.graph);
  const segment = subnetwork(network, first!.value, [last!.value]);
  const copied = forBlockedLayout(segment);
  t.is(copied.graph.nodes.length, segment.graph.nodes.length + 1);
  const features = Float32Array.from({ length: 16 * 1024 }, (_, index) => Math.sin(index));
  const run = async (model: Network): Promise<Float32Array> => {
    const session = await ort.InferenceSession.create(writeOnnx(model));
    const results = await session.run({
      [first!.value]: new ort.Tensor('float32', features, [1, 16, 32, 32]),
    });
    await session.release();
    return results[last!.value]!.data as Float32Array;
  };
  const expected = await run(segment);
  for (const [index, value] of (await run(copied)).entries())
    t.true(Math.abs(value - expected[index]!) < 1e-4);
});
