import { loadGraphModel } from '@tensorflow/tfjs-converter';

import tf = require('@tensorflow/tfjs-core');

import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import { openBackend } from '../../lib/engine/tensorflow/backend.js';
import { graphModel } from '../../lib/export/graph-model.js';
import type { GraphNode, Network } from '../../lib/network/graph.js';
import { parameterShapes } from '../../lib/network/parameter-shapes.js';
import { elementCount } from '../../lib/network/tensor.js';
import { createRandom } from '../../lib/stats/random.js';

const CHANNELS = 4;
const HEIGHT = 7;
const WIDTH = 6;

const window = {
  input: 'image',
  kernel: [3, 3],
  stride: [2, 2],
  padding: { top: 1, bottom: 0, left: 1, right: 1 },
} as const;

/** A node a kind, each on an image of noise, channels first. */
const NODES: readonly GraphNode[] = [
  {
    kind: 'convolution',
    name: 'convolution',
    ...window,
    outputChannels: 6,
    groups: 1,
    weight: 'w',
    bias: 'b',
  },
  { kind: 'convolution', name: 'grouped', ...window, outputChannels: 6, groups: 2, weight: 'w' },
  { kind: 'average-pool', name: 'average', ...window },
  { kind: 'max-pool', name: 'maximum', ...window },
  { kind: 'relu', name: 'rectified', input: 'image' },
  { kind: 'relu6', name: 'cut-off', input: 'image' },
  { kind: 'affine', name: 'scaled', input: 'image', scale: 's', shift: 't' },
  { kind: 'add', name: 'doubled', inputs: ['image', 'image'] },
  { kind: 'global-average-pool', name: 'means', input: 'image' },
  { kind: 'flatten', name: 'flat', input: 'image' },
  { kind: 'strided-slice', name: 'sliced', input: 'image', stride: [2, 3] },
  { kind: 'resize', name: 'resized', input: 'image', size: [4, 11] },
  { kind: 'pad', name: 'framed', input: 'image', padding: { top: 1, bottom: 2, left: 3, right: 0 } },
  { kind: 'pad-channels', name: 'widened', input: 'image', before: 1, after: 2 },
];

function networkOf(nodes: readonly GraphNode[]): Network {
  const random = createRandom(3);
  const graph = {
    input: 'image',
    inputShape: [CHANNELS, HEIGHT, WIDTH],
    nodes,
    output: nodes.at(-1)!.name,
  };
  const parameters = [...parameterShapes(graph)].map(
    ([name, shape]) =>
      [
        name,
        { shape, data: Float32Array.from({ length: elementCount(shape) }, () => random() - 0.5) },
      ] as const,
  );
  return { graph, parameters: new Map(parameters) };
}

/** Channels first, as the graph's own values are. */
async function runGraphModel(network: Network, image: Float32Array): Promise<Float32Array> {
  await openBackend('cpu');
  const { json, weights } = graphModel(network, [network.graph.output], 'float32');
  const { modelTopology, weightsManifest } = JSON.parse(json);
  const model = await loadGraphModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0].weights,
      weightData: Uint8Array.from(weights).buffer,
    }),
  );
  return tf.tidy(() => {
    const input = tf.transpose(tf.tensor4d(image, [1, CHANNELS, HEIGHT, WIDTH]), [0, 2, 3, 1]);
    const output = model.execute({ image: input }, network.graph.output) as tf.Tensor;
    return (output.rank === 4 ? tf.transpose(output, [0, 3, 1, 2]) : output).dataSync<'float32'>();
  });
}

const same = test.macro(async (t, nodes: readonly GraphNode[]) => {
  const network = networkOf(nodes);
  const random = createRandom(4);
  const image = Float32Array.from({ length: CHANNELS * HEIGHT * WIDTH }, () => 16 * random() - 8);
  const program = await (await openEngine('onnxruntime')).load(network, {});
  const [expected] = await program.run(image, 1);
  await program.dispose();
  const found = await runGraphModel(network, image);
  t.is(found.length, expected!.length);
  for (const [index, value] of expected!.entries()) {
    t.true(Math.abs(found[index]! - value) < 1e-4, `${index}: ${found[index]} instead of ${value}`);
  }
});

for (const node of NODES) test(`a graph model computes ${node.name} as onnxruntime does`, same, [node]);

test('a graph model computes a rectified convolution behind a grouped one as onnxruntime does', same, [
  { kind: 'convolution', name: 'c1', ...window, outputChannels: 6, groups: 2, weight: 'w', bias: 'b' },
  { kind: 'relu', name: 'r1', input: 'c1' },
  {
    kind: 'convolution',
    name: 'c2',
    ...window,
    input: 'r1',
    outputChannels: 3,
    groups: 1,
    weight: 'v',
    bias: 'c',
  },
  { kind: 'relu', name: 'r2', input: 'c2' },
  { kind: 'flatten', name: 'flat', input: 'r2' },
  { kind: 'linear', name: 'logits', input: 'flat', outputFeatures: 5, weight: 'u', bias: 'd' },
]);
