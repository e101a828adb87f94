import { backboneWith } from '../data/known-backbones.js';
import type { Network } from '../network/graph.js';
import type { Normalization } from '../network/pixel-input.js';
import { readNetwork } from '../weights/read-network.js';

/** A file of trained weights, recognised. */
export interface Backbone {
  readonly file: string;
  readonly sha256: string;
  readonly architecture: string;
  /** As trained, batch normalisations and all. */
  readonly network: Network;
  readonly classes: number;
  /** How its pixels were normalised, where these weights are known; undefined for others. */
  readonly normalization: Normalization | undefined;
}

/**
 * Reads trained weights and finds out what network they are.
 *
 * @param imageSize `[height, width]` that it will run on.
 * @throws CascadeError if the file cannot be read or fits no known architecture.
 */
export async function loadBackbone(file: string, imageSize: readonly [number, number]): Promise<Backbone> {
  const { architecture, network, sha256 } = await readNetwork(file, imageSize);
  const classes = outputClasses(network);
  const normalization = (await backboneWith(sha256))?.normalization;
  return { file, sha256, architecture, network, classes, normalization };
}

function outputClasses({ graph, parameters }: Network): number {
  const classifier = graph.nodes.find(({ name }) => name === graph.output);
  if (classifier?.kind !== 'linear') throw new Error('a recognised network ends in its classifier');
  return parameters.get(classifier.weight)!.shape[0]!;
}
