import test, { type ExecutionContext } from 'ava';
import { openEngine } from '../../../lib/engine/open-engine.js';
import type { GraphNode, Network } from '../../../lib/network/graph.js';
import { withPixelInput } from '../../../lib/network/input/pixel-input.js';
import { takingReversedChannels } from '../../../lib/network/input/reversed-channels.js';
import { totalMacs } from '../../../lib/network/macs.js';
import { parameterShapes } from '../../../lib/network/parameter-shapes.js';
import { elementCount } from '../../../lib/network/tensor.js';
import { createRandom } from '../../../lib/stats/random.js';

const SIDE = 6;
const WINDOW = { stride: [1, 1], padding: { top: 1, bottom: 1, left: 1, right: 1 } } as const;

/** A network of nodes from `x` to `logits`, with random weights. */
function networkOf(nodes: readonly GraphNode[]): Network {
  const graph = { input: 'x', inputShape: [3, SIDE, SIDE], nodes, output: 'logits' };
  const random = createRandom(2);
  const parameters = new Map(
    [...parameterShapes(graph)].map(([name, shape]) => [
      name,
      { shape, data: Float32Array.from({ length: elementCount(shape) }, () => random() - 0.5) },
    ]),
  );
  return { graph, parameters };
}

const convolution = (name: string, input: string, outputChannels: number, groups = 1): GraphNode => ({
  ...{ kind: 'convolution', name, input, outputChannels, groups, kernel: [3, 3], weight: `${name}.weight` },
  ...{ bias: `${name}.bias`, ...WINDOW },
});
const pooled = (input: string): readonly GraphNode[] => [
  { kind: 'global-average-pool', name: 'means', input },
  { kind: 'linear', name: 'logits', input: 'means', outputFeatures: 4, weight: 'fc.weight' },
];
const affine: GraphNode = { kind: 'affine', name: 'scaled', input: 'x', scale: 'scale', shift: 'shift' };

const networks: Readonly<Record<string, { nodes: readonly GraphNode[]; extraMacs: number }>> = {
  'a convolution': { nodes: [convolution('c', 'x', 5), ...pooled('c')], extraMacs: 0 },
  'a scale before two convolutions': {
    nodes: [
      affine,
      convolution('c', 'scaled', 5),
      convolution('d', 'scaled', 5),
      { kind: 'add', name: 'sum', inputs: ['c', 'd'] },
      ...pooled('sum'),
    ],
    extraMacs: 0,
  },
  'a pool and a fully connected layer': {
    nodes: [{ kind: 'max-pool', name: 'p', input: 'x', kernel: [3, 3], ...WINDOW }, ...pooled('p')],
    extraMacs: 0,
  },
  'a convolution of each channel by itself': {
    nodes: [convolution('c', 'x', 6, 3), ...pooled('c')],
    extraMacs: 9 * SIDE * SIDE,
  },
  'a sum with the image itself': {
    nodes: [convolution('c', 'x', 3), { kind: 'add', name: 'sum', inputs: ['c', 'x'] }, ...pooled('sum')],
    extraMacs: 9 * SIDE * SIDE,
  },
};

async function outputs(network: Network, input: Float32Array | Uint8Array): Promise<Float32Array> {
  const inputType = input instanceof Uint8Array ? 'uint8' : 'float32';
  const program = await (await openEngine()).load(network, { inputType });
  const [logits] = await program.run(input, 1);
  await program.dispose();
  return logits!;
}

function alike(t: ExecutionContext, one: Float32Array, other: Float32Array): void {
  t.is(one.length, other.length);
  t.true(one.some((value) => Math.abs(value) > 1e-3));
  for (const [index, value] of one.entries()) t.true(Math.abs(value - other[index]!) < 1e-4);
}

const plane = SIDE * SIDE;

for (const [what, { nodes, extraMacs }] of Object.entries(networks)) {
  test(`a network that begins with ${what} gives the same for reversed channels once it takes them so`, async (t) => {
    const network = networkOf(nodes);
    const random = createRandom(3);
    const image = Float32Array.from({ length: 3 * plane }, random);
    const reversed = Float32Array.from(
      { length: 3 * plane },
      (_, index) => image[(2 - Math.floor(index / plane)) * plane + (index % plane)]!,
    );
    const turned = takingReversedChannels(network);
    alike(t, await outputs(network, image), await outputs(turned, reversed));
    t.is(totalMacs(turned.graph) - totalMacs(network.graph), extraMacs);
    t.deepEqual([...turned.parameters.keys()].sort(), [...parameterShapes(turned.graph).keys()].sort());
  });
}

test('a network that takes blue first is fed red first, each channel with its own mean and deviation', async (t) => {
  const network = networkOf([convolution('c', 'x', 5), ...pooled('c')]);
  const random = createRandom(4);
  const pixels = Uint8Array.from({ length: 3 * plane }, () => 256 * random());
  const [mean, std] = [
    [0.1, 0.2, 0.3],
    [0.4, 0.5, 0.6],
  ];
  const normalized = Float32Array.from({ length: 3 * plane }, (_, index) => {
    const channel = Math.floor(index / plane);
    const pixel = pixels[(2 - channel) * plane + (index % plane)]!;
    return (pixel / 255 - mean[channel]!) / std[channel]!;
  });
  alike(
    t,
    await outputs(network, normalized),
    await outputs(withPixelInput(network, { mean, std, channels: 'bgr' }), pixels),
  );
});
