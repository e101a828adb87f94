import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PACKAGE_ROOT } from '../data/package-root.js';
import type { Network } from '../network/graph.js';
import type { Normalization } from '../network/pixel-input.js';
import { inferShapes } from '../network/shapes.js';
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
  const [classes] = inferShapes(network.graph).get(network.graph.output)!;
  return {
    file,
    sha256,
    architecture,
    network,
    classes: classes!,
    normalization: await knownNormalization(sha256),
  };
}

async function knownNormalization(sha256: string): Promise<Normalization | undefined> {
  const catalogue = await readFile(path.join(PACKAGE_ROOT, 'datasets', 'backbones.json'), 'utf8');
  const entries = JSON.parse(catalogue) as {
    readonly sha256: string;
    readonly normalization: Normalization;
  }[];
  return entries.find((entry) => entry.sha256 === sha256)?.normalization;
}
