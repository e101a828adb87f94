import type { GraphNode, Network } from '../graph.js';
import { reading } from '../graph.js';
import type { ChannelOrder } from './channel-order.js';
import { takingReversedChannels } from './reversed-channels.js';

/** How pixels become a network's input: `(x / 255 − mean) / std`, a channel at a time. */
export interface Normalization {
  /** One number a channel in the order of the network's input, in units of the full range 0 … 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Left out for `rgb`, which pictures are read in. */
  readonly channels?: ChannelOrder | undefined;
}

/** What is multiplied with a pixel (0 … 255) of each of the network's channels, and what is added then. */
export function pixelScale({ mean, std }: Normalization): {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
} {
  return {
    scale: Float32Array.from(std, (deviation) => 1 / (255 * deviation)),
    shift: Float32Array.from(mean, (value, channel) => -value / std[channel]!),
  };
}

/** What leaves pixels 0 … 255 as they are, for a network that normalises them itself. */
export function pixelsAsTheyAre(channels: number): Normalization {
  return { mean: new Array(channels).fill(0), std: new Array(channels).fill(1 / 255) };
}

const PIXELS = 'pixels';
const NORMALIZED = 'pixels.normalized';

/** The network with its normalisation in front, so that it takes pixels (0 … 255; red, green, blue) as they are. */
export function withPixelInput(network: Network, normalization: Normalization): Network {
  if (normalization.channels === 'bgr') {
    const [mean, std] = [normalization.mean.toReversed(), normalization.std.toReversed()];
    return withPixelInput(takingReversedChannels(network), { mean, std });
  }
  const { graph, parameters } = network;
  const { scale, shift } = pixelScale(normalization);
  const normalizing: GraphNode = {
    kind: 'affine',
    name: NORMALIZED,
    input: PIXELS,
    scale: 'pixels.scale',
    shift: 'pixels.shift',
  };
  return {
    graph: {
      input: PIXELS,
      inputShape: graph.inputShape,
      nodes: [normalizing, ...graph.nodes.map((node) => reading(node, graph.input, NORMALIZED))],
      output: graph.output,
    },
    parameters: new Map([
      ...parameters,
      ['pixels.scale', { shape: [scale.length], data: scale }],
      ['pixels.shift', { shape: [shift.length], data: shift }],
    ]),
  };
}
