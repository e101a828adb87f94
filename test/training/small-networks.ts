import type { GraphNode, Linear, Network } from '../../lib/network/graph.js';
import { evenPadding, GraphBuilder } from '../../lib/network/graph-builder.js';
import { randomParameters } from '../../lib/network/random-network.js';
import { createRandom } from '../../lib/stats/random.js';

/** Classes of all small networks. */
export const CLASSES = 3;

/** Images a step. */
export const BATCH = 4;

const SHAPE = [3, 7, 6] as const;

/**
 * A network of a convolution, some nodes and a linear layer, behind global pooling if these make maps; its parameters are random, and it
 * takes pixels.
 */
function smallNetwork(
  write: (builder: GraphBuilder, input: string) => string,
  made: 'maps' | 'vectors' = 'maps',
): Network {
  const builder = new GraphBuilder();
  const scaled = builder.add({
    kind: 'affine',
    name: 'scaled',
    input: builder.input,
    scale: 'pixel.scale',
    shift: 'pixel.shift',
  });
  const stem = builder.convolution(scaled, 'stem', { outputChannels: 4, size: 3 });
  const features = write(builder, stem);
  const output =
    made === 'maps'
      ? builder.classifier(features, 'last', CLASSES)
      : builder.add(linear('last', features, CLASSES));
  const graph = builder.graph(SHAPE, output);
  const random = createRandom(5);
  const parameters = new Map(
    [...randomParameters(graph, 3)].map(([name, { shape, data }]) => {
      const isGain = /^(norm\d?\.weight|last\.bias)$/.test(name);
      return [name, { shape, data: isGain ? data.map(() => 0.5 + random()) : data }];
    }),
  );
  parameters.set('pixel.scale', { shape: [3], data: Float32Array.of(0.01, 0.012, 0.014) });
  parameters.set('pixel.shift', { shape: [3], data: Float32Array.of(-1.2, -1.5, -1.8) });
  return { graph, parameters };
}

/** One network a node of the graph, so that each has its gradient tried. */
export const SMALL_NETWORKS: Readonly<Record<string, Network>> = {
  'a convolution with ReLU': smallNetwork((builder, input) =>
    builder.relu(builder.convolution(builder.relu(input, 'a'), 'b', { outputChannels: 5, size: 3 }), 'c'),
  ),
  'a convolution with stride and groups': smallNetwork((builder, input) =>
    builder.convolution(input, 'b', { outputChannels: 6, size: 3, stride: 2, groups: 2 }),
  ),
  'a grouped convolution of stride 1': smallNetwork((builder, input) =>
    builder.convolution(input, 'b', { outputChannels: 6, size: 3, groups: 2 }),
  ),
  'a convolution of 2 by 3 pixels with bias, padded unevenly': smallNetwork((builder, input) =>
    builder.add({
      ...windowed('convolution', input, [2, 3], [3, 1], { top: 2, bottom: 0, left: 1, right: 3 }),
      outputChannels: 3,
      groups: 1,
      weight: 'b.weight',
      bias: 'b.bias',
    } as GraphNode),
  ),
  'a 1 by 1 convolution': smallNetwork((builder, input) =>
    builder.convolution(input, 'b', { outputChannels: 3, size: 1 }),
  ),
  'batch normalisations around ReLU, a sum and ReLU6': smallNetwork((builder, input) => {
    const first = builder.relu(builder.batchNormalization(input, 'norm1'), 'a');
    const second = builder.batchNormalization(
      builder.convolution(first, 'b', { outputChannels: 4, size: 3 }),
      'norm2',
    );
    const sum = builder.add({ kind: 'add', name: 'sum', inputs: [second, first] });
    return builder.add({ kind: 'relu6', name: 'end', input: sum });
  }),
  'a value added to itself': smallNetwork((builder, input) =>
    builder.add({ kind: 'add', name: 'sum', inputs: [input, input] }),
  ),
  'a learned scale and shift': smallNetwork((builder, input) =>
    builder.add({ kind: 'affine', name: 'b', input, scale: 'b.weight', shift: 'b.bias' }),
  ),
  'an average pool with padding': smallNetwork((builder, input) =>
    builder.relu(builder.add(windowed('average-pool', input, [3, 2], [2, 2], evenPadding(1))), 'c'),
  ),
  'a max-pool with overlapping windows': smallNetwork((builder, input) =>
    builder.add(windowed('max-pool', input, [3, 3], [2, 2], evenPadding(1))),
  ),
  'a shortcut of every second pixel with channels of zeros': smallNetwork((builder, input) => {
    const slice = builder.add({ kind: 'strided-slice', name: 'slice', input, stride: [2, 2] });
    const wide = builder.add({ kind: 'pad-channels', name: 'wide', input: slice, before: 1, after: 2 });
    return builder.convolution(wide, 'b', { outputChannels: 3, size: 3 });
  }),
  'zeros around an image': smallNetwork((builder, input) => {
    const padding = { top: 1, bottom: 2, left: 0, right: 3 };
    const padded = builder.add({ kind: 'pad', name: 'padded', input, padding });
    return builder.convolution(padded, 'b', { outputChannels: 3, size: 3 });
  }),
  'a layer of flattened maps with batch normalisation': smallNetwork((builder, input) => {
    const flat = builder.add({ kind: 'flatten', name: 'flat', input });
    // Without bias: the normalisation takes its gradient.
    const { bias, ...unbiased } = linear('b', flat, 6);
    const hidden = builder.add(unbiased);
    return builder.relu(builder.batchNormalization(hidden, 'norm1'), 'c');
  }, 'vectors'),
};

function windowed(
  kind: 'convolution' | 'average-pool' | 'max-pool',
  input: string,
  kernel: readonly [number, number],
  stride: readonly [number, number],
  padding: ReturnType<typeof evenPadding>,
): GraphNode {
  return { kind, name: 'b', input, kernel, stride, padding } as GraphNode;
}

function linear(name: string, input: string, outputFeatures: number): Linear {
  return {
    kind: 'linear',
    name,
    input,
    outputFeatures,
    weight: `${name}.weight`,
    bias: `${name}.bias`,
  };
}
