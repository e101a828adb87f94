import { backboneWith } from '../../data/known-backbones.js';
import type { Preprocessing } from '../../data/pictures/preprocessing.js';
import type { Network } from '../../network/graph.js';
import { type Normalization, pixelsAsTheyAre } from '../../network/pixel-input.js';
import { inferShapes } from '../../network/shapes.js';
import { type NetworkFile, type ReadingOptions, readNetwork } from '../../weights/read-network.js';

/** A file of trained weights, recognised. */
export interface Backbone extends Pick<NetworkFile, 'openChoices' | 'notes'> {
  readonly file: string;
  readonly sha256: string;
  readonly architecture: string;
  /** As trained, batch normalisations and all. */
  readonly network: Network;
  readonly classes: number;
  /** Whether these very weights are known by their bytes. */
  readonly isKnown: boolean;
  /** How its pixels were normalised, where these weights are known or the file tells; undefined for others. */
  readonly normalization: Normalization | undefined;
  /** The file says that the network takes pixels 0 … 255 as they are, and normalises them itself. */
  readonly takesPixels: boolean;
  /** How its photographs were resized, where that is known to differ from what is usual for its data. */
  readonly preprocessing: Preprocessing | undefined;
}

/**
 * Reads trained weights and finds out what network they are.
 *
 * @param imageSize `[height, width]` that it will run on; what is usual for the architecture by default.
 * @throws CascadeError if the file cannot be read or fits no known architecture.
 */
export async function loadBackbone(
  file: string,
  imageSize?: readonly [number, number],
  options: ReadingOptions = {},
): Promise<Backbone> {
  const read = await readNetwork(file, imageSize, options);
  const { architecture, network, sha256, openChoices, notes, takesPixels = false } = read;
  const [classes] = inferShapes(network.graph).get(network.graph.output) as [number];
  const known = await backboneWith(sha256);
  return {
    file,
    sha256,
    architecture,
    network,
    classes,
    isKnown: known !== undefined,
    openChoices,
    notes,
    normalization:
      known?.normalization ?? (takesPixels ? pixelsAsTheyAre(network.graph.inputShape[0]!) : undefined),
    takesPixels,
    preprocessing: known?.preprocessing,
  };
}
