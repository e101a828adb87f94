import type { GraphNode, Network } from './graph.js';
import { reading } from './graph.js';

/** How pixels become a network's input: `(x / 255 − mean) / std`, a channel at a time. */
export interface Normalization {
  /** One number a channel, in units of the full range 0 … 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** What leaves pixels 0 … 255 as they are, for a network that normalises them itself. */
export function pixelsAsTheyAre(channels: number): Normalization {
  return { mean: new Array(channels).fill(0), std: new Array(channels).fill(1 / 255) };
}

const PIXELS = 'pixels';
const NORMALIZED = 'pixels.normalized';

/** The network with its normalisation in front, so that it takes pixels (0 … 255) as they are. */
export function withPixelInput({ graph, parameters }: Network, { mean, std }: Normalization): Network {
  const normalization: GraphNode = {
    kind: 'affine',
    name: NORMALIZED,
    input: PIXELS,
    scale: 'pixels.scale',
    shift: 'pixels.shift',
  };
  const scale = Float32Array.from(std, (deviation) => 1 / (255 * deviation));
  const shift = Float32Array.from(mean, (value, channel) => -value / std[channel]!);
  return {
    graph: {
      input: PIXELS,
      inputShape: graph.inputShape,
      nodes: [normalization, ...graph.nodes.map((node) => reading(node, graph.input, NORMALIZED))],
      output: graph.output,
    },
    parameters: new Map([
      ...parameters,
      ['pixels.scale', { shape: [scale.length], data: scale }],
      ['pixels.shift', { shape: [shift.length], data: shift }],
    ]),
  };
}
