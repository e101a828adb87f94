import tf = require('@tensorflow/tfjs-core');

import { openOnnxruntimeEngine } from '../../../lib/engine/onnxruntime/onnxruntime-engine.js';
import type { GraphNode, Network, Padding } from '../../../lib/network/graph.js';
import { parameterShapes } from '../../../lib/network/parameter-shapes.js';
import { elementCount } from '../../../lib/network/tensor.js';
import { createRandom } from '../../../lib/stats/random.js';
import { serialTestWith } from '../../support/needs.js';
import { TENSORFLOW_BACKENDS } from '../../support/tensorflow-backends.js';

const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };
const UNEVEN: Padding = { top: 0, bottom: 2, left: 1, right: 0 };
const IMAGES = 3;

const window3 = { input: 'x', kernel: [3, 3], stride: [2, 2], padding: UNEVEN } as const;
const convolution = {
  kind: 'convolution',
  name: 'y',
  ...window3,
  outputChannels: 8,
  groups: 1,
  weight: 'w',
  bias: 'b',
} as const;

/** Every kind of node, with the arguments that TensorFlow treats in different ways, on an input of 4×7×6. */
const CASES: Readonly<Record<string, readonly GraphNode[]>> = {
  'a convolution with uneven padding': [convolution],
  'a convolution without bias, with unequal strides and an oblong kernel': [
    {
      kind: 'convolution',
      name: 'y',
      input: 'x',
      kernel: [1, 3],
      stride: [2, 1],
      padding: NO_PADDING,
      outputChannels: 5,
      groups: 1,
      weight: 'w',
    },
  ],
  'a depthwise convolution of two filters a channel': [{ ...convolution, groups: 4 }],
  'a depthwise convolution with unequal strides': [{ ...convolution, groups: 4, stride: [1, 2] }],
  'a convolution in two groups': [{ ...convolution, groups: 2 }],
  'a convolution with ReLU': [convolution, { kind: 'relu', name: 'z', input: 'y' }],
  'a grouped convolution with ReLU6': [
    { ...convolution, groups: 2 },
    { kind: 'relu6', name: 'z', input: 'y' },
  ],
  'a convolution that an addition reads besides its ReLU': [
    convolution,
    { kind: 'relu', name: 'r', input: 'y' },
    { kind: 'add', name: 'z', inputs: ['y', 'r'] },
  ],
  'a value added to itself': [{ kind: 'add', name: 'y', inputs: ['x', 'x'] }],
  'a fully connected layer behind a flattened map': [
    { kind: 'flatten', name: 'f', input: 'x' },
    { kind: 'linear', name: 'y', input: 'f', outputFeatures: 5, weight: 'w', bias: 'b' },
    { kind: 'relu', name: 'z', input: 'y' },
  ],
  'scale and shift of a map': [{ kind: 'affine', name: 'y', input: 'x', scale: 's', shift: 't' }],
  'scale and shift of a vector': [
    { kind: 'global-average-pool', name: 'p', input: 'x' },
    { kind: 'affine', name: 'y', input: 'p', scale: 's', shift: 't' },
  ],
  'ReLU and ReLU6 by themselves': [
    { kind: 'relu6', name: 'r', input: 'x' },
    { kind: 'relu', name: 'y', input: 'r' },
  ],
  'an average pool without padding': [{ kind: 'average-pool', name: 'y', ...window3, padding: NO_PADDING }],
  'a max pool without padding': [{ kind: 'max-pool', name: 'y', ...window3, padding: NO_PADDING }],
  'a max pool with uneven padding': [{ kind: 'max-pool', name: 'y', ...window3 }],
  'a max pool of negative values with uneven padding': [
    { kind: 'affine', name: 'n', input: 'x', scale: 's', shift: 't' },
    { kind: 'max-pool', name: 'y', ...window3, input: 'n' },
  ],
  'padding of rows and columns': [{ kind: 'pad', name: 'y', input: 'x', padding: UNEVEN }],
  'padding of channels': [{ kind: 'pad-channels', name: 'y', input: 'x', before: 1, after: 3 }],
  'a map made larger and smaller': [{ kind: 'resize', name: 'y', input: 'x', size: [11, 4] }],
  'a strided slice': [{ kind: 'strided-slice', name: 'y', input: 'x', stride: [2, 3] }],
};

function networkOf(nodes: readonly GraphNode[]): Network {
  const graph = { input: 'x', inputShape: [4, 7, 6], nodes, output: nodes.at(-1)!.name };
  const random = createRandom(nodes.length);
  const parameters = new Map(
    [...parameterShapes(graph)].map(([name, shape]) => {
      // A shift far below zero makes a padded zero the largest of a window, if it counted.
      const draw = (): number => (name === 't' ? -50 : 2 * random() - 1);
      return [name, { shape, data: Float32Array.from({ length: elementCount(shape) }, draw) }];
    }),
  );
  return { graph, parameters };
}

function noise(length: number): Float32Array {
  const random = createRandom(length);
  return Float32Array.from({ length }, () => 8 * random() - 4);
}

for (const backend of TENSORFLOW_BACKENDS) {
  for (const [title, nodes] of Object.entries(CASES)) {
    serialTestWith(backend, `${backend.title} gives the values of onnxruntime for ${title}`, async (t) => {
      const network = networkOf(nodes);
      const input = noise(IMAGES * 4 * 7 * 6);
      const reference = await (await openOnnxruntimeEngine()).load(network, {});
      const [expected] = await reference.run(input, IMAGES);
      await reference.dispose();
      const program = await backend.engine!.load(network, {});
      const [values] = await program.run(input, IMAGES);
      await program.dispose();
      t.deepEqual(program.outputs, reference.outputs);
      t.is(values!.length, expected!.length);
      const difference = Math.max(...values!.map((value, index) => Math.abs(value - expected![index]!)));
      t.true(difference < 1e-4, `${difference}`);
    });
  }

  serialTestWith(
    backend,
    `padded elements are left out of the mean of an average pool on ${backend.title}`,
    async (t) => {
      // Columns of 2 and 4 between two of padding, under windows of two columns: {pad, 2}, {2, 4}, {4, pad}.
      const pool: GraphNode = {
        kind: 'average-pool',
        name: 'y',
        input: 'x',
        kernel: [1, 2],
        stride: [1, 1],
        padding: { top: 0, bottom: 0, left: 1, right: 1 },
      };
      const graph = { input: 'x', inputShape: [1, 1, 2], nodes: [pool], output: 'y' };
      const program = await backend.engine!.load({ graph, parameters: new Map() }, {});
      const [values] = await program.run(Float32Array.of(2, 4), 1);
      await program.dispose();
      t.deepEqual([...values!], [2, 3, 4]);
    },
  );

  serialTestWith(
    backend,
    `a program keeps no tensor of its runs on ${backend.title}, and none at all once it is disposed of`,
    async (t) => {
      const network = networkOf([
        convolution,
        { kind: 'relu', name: 'r', input: 'y' },
        { kind: 'average-pool', name: 'p', ...window3, input: 'r', padding: { ...NO_PADDING, top: 1 } },
        { kind: 'flatten', name: 'z', input: 'p' },
      ]);
      const input = noise(IMAGES * 4 * 7 * 6);
      const before = tf.memory().numTensors;
      const program = await backend.engine!.load(network, { outputs: ['r', 'z'] });
      const loaded = tf.memory().numTensors;
      await program.run(input, IMAGES);
      await program.run(input.subarray(4 * 7 * 6), IMAGES - 1);
      t.is(tf.memory().numTensors, loaded);
      await program.dispose();
      t.is(tf.memory().numTensors, before);
    },
  );

  serialTestWith(
    backend,
    `a network that cannot be loaded leaves no tensor behind on ${backend.title} and says which node it is`,
    async (t) => {
      const bad = networkOf([
        convolution,
        {
          kind: 'batch-normalization',
          name: 'n',
          input: 'y',
          epsilon: 0,
          scale: 's',
          shift: 't',
          mean: 'm',
          variance: 'v',
        },
      ]);
      const before = tf.memory().numTensors;
      await t.throwsAsync(backend.engine!.load(bad, {}), {
        message: 'The node n is a batch normalisation; fold it before the network is run.',
      });
      t.is(tf.memory().numTensors, before);
    },
  );

  serialTestWith(
    backend,
    `results of ${backend.title} are written where the caller wants them and share no memory with the input`,
    async (t) => {
      const network = networkOf([
        { kind: 'global-average-pool', name: 'p', input: 'x' },
        { kind: 'relu', name: 'y', input: 'p' },
      ]);
      const input = new Float32Array(4 * 7 * 6).fill(2);
      const program = await backend.engine!.load(network, {});
      const into = [new Float32Array(4)];
      t.is(await program.run(input, 1, into), into);
      t.deepEqual([...into[0]!], [2, 2, 2, 2]);
      await program.dispose();
    },
  );
}
