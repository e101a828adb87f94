import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { withClasses } from '../../lib/network/chosen-classes.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import type { GraphNode, Network } from '../../lib/network/graph.js';
import { totalMacs } from '../../lib/network/macs.js';
import { randomParameters } from '../../lib/network/random-network.js';
import { createRandom } from '../../lib/stats/random.js';

const CHOSEN = [6, 0, 3];
const IMAGES = 2;

const NONE = { top: 0, bottom: 0, left: 0, right: 0 };
const convolution = (name: string, input: string, outputChannels: number): GraphNode => ({
  ...{ kind: 'convolution', name, input, outputChannels, groups: 1, weight: `${name}.w`, bias: `${name}.b` },
  ...{ kernel: [1, 1], stride: [1, 1], padding: NONE },
});
const linear = (name: string, input: string, outputFeatures: number, weight = `${name}.w`): GraphNode => ({
  ...{ kind: 'linear', name, input, outputFeatures, weight, bias: `${name}.b` },
});
const normalization = (name: string, input: string): GraphNode => ({
  ...{ kind: 'batch-normalization', name, input, epsilon: 1e-5, scale: `${name}.s`, shift: `${name}.t` },
  ...{ mean: `${name}.m`, variance: `${name}.running_var` },
});
const means = (name: string, input: string): GraphNode => ({ kind: 'global-average-pool', name, input });

function networkOf(...nodes: readonly GraphNode[]): Network {
  const graph = { input: 'x', inputShape: [3, 4, 4], nodes, output: nodes.at(-1)!.name };
  return { graph, parameters: randomParameters(graph, 1) };
}

/** Logits of the same random images, an array an image. */
async function logitsOf(network: Network): Promise<readonly (readonly number[])[]> {
  const program = await (await openEngine('onnxruntime')).load(foldBatchNormalization(network), {
    inputType: 'float32',
  });
  const random = createRandom(7);
  const size = network.graph.inputShape.reduce((a, b) => a * b);
  const [logits] = await program.run(
    Float32Array.from({ length: IMAGES * size }, () => random() - 0.5),
    IMAGES,
  );
  await program.dispose();
  const classes = logits!.length / IMAGES;
  return Array.from({ length: IMAGES }, (_, image) => [
    ...logits!.subarray(image * classes, (image + 1) * classes),
  ]);
}

const resNet = cifarResNet({ inputShape: [3, 8, 8], classes: 7, blocksPerStage: 1, shortcut: 'A' });

/** Networks of seven classes, with the multiply-accumulates that each spares where three are chosen. */
const networks: Readonly<Record<string, readonly [network: Network, spared: number]>> = {
  'a linear layer at the end': [{ graph: resNet, parameters: randomParameters(resNet, 3) }, 4 * 64],
  'a convolution, a normalisation, a ReLU and the mean': [
    networkOf(
      convolution('c', 'x', 7),
      normalization('n', 'c'),
      { kind: 'relu', name: 'r', input: 'n' },
      means('y', 'r'),
    ),
    4 * 3 * 16,
  ],
  'a flattened map of one pixel': [
    networkOf(
      convolution('c', 'x', 7),
      { ...{ kind: 'average-pool', name: 'p', input: 'c' }, kernel: [4, 4], stride: [4, 4], padding: NONE },
      { kind: 'flatten', name: 'y', input: 'p' },
    ),
    4 * 3 * 16,
  ],
  'a sum of two layers': [
    networkOf(means('m', 'x'), linear('a', 'm', 7), linear('b', 'm', 7), {
      ...{ kind: 'add', name: 'y', inputs: ['a', 'b'] },
    }),
    2 * 4 * 3,
  ],
  'a layer that something else reads': [
    networkOf(means('m', 'x'), linear('a', 'm', 7), linear('b', 'a', 7), {
      ...{ kind: 'add', name: 'y', inputs: ['a', 'b'] },
    }),
    0,
  ],
  'a layer that shares its weights': [
    networkOf(means('m', 'x'), linear('l', 'm', 7), linear('k', 'l', 7), linear('y', 'k', 7, 'k.w')),
    0,
  ],
  'an operator of ONNX at the end': [
    networkOf(means('m', 'x'), linear('l', 'm', 7), {
      ...{ kind: 'operator', name: 'y', operator: 'Tanh', inputs: ['l'], attributes: {} },
    }),
    0,
  ],
  'a flattened map of many pixels': [
    networkOf(convolution('c', 'x', 1), { kind: 'flatten', name: 'y', input: 'c' }),
    0,
  ],
};

for (const [what, [network, spared]] of Object.entries(networks)) {
  test(`${what} gives the logits of the chosen classes, in their order`, async (t) => {
    const all = await logitsOf(network);
    const some = await logitsOf(withClasses(network, CHOSEN));
    for (const [image, logits] of all.entries()) {
      t.is(some[image]!.length, CHOSEN.length);
      for (const [place, index] of CHOSEN.entries())
        t.true(Math.abs(some[image]![place]! - logits[index]!) < 1e-5);
    }
    t.true(new Set(all.flat()).size > IMAGES);
  });

  test(`${what} is charged what is run for the chosen classes`, (t) => {
    t.is(totalMacs(network.graph) - totalMacs(withClasses(network, CHOSEN).graph), spared);
  });
}

test('places for exits stay where they are', (t) => {
  const [network] = networks['a linear layer at the end']!;
  t.deepEqual(cutPoints(withClasses(network, CHOSEN).graph), cutPoints(network.graph));
});

test('the network that was given is left as it was', (t) => {
  const [network] = networks['a linear layer at the end']!;
  const weight = Float32Array.from(network.parameters.get('linear.weight')!.data);
  withClasses(network, CHOSEN);
  t.deepEqual(network.parameters.get('linear.weight')!.data, weight);
});
