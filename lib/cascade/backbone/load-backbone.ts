import type { ChosenClasses } from '../../artifact/chosen-classes.js';
import { backboneWith } from '../../data/known-backbones.js';
import type { Preprocessing } from '../../data/pictures/preprocessing.js';
import type { Network } from '../../network/graph.js';
import { type Normalization, pixelsAsTheyAre } from '../../network/input/pixel-input.js';
import { inferShapes } from '../../network/shapes.js';
import { type Choices, OPEN_CHOICES } from '../../weights/families/open-choices.js';
import { type NetworkFile, type ReadingOptions, readNetwork } from '../../weights/read-network.js';
import { refuseCascade } from './refuse-cascade.js';

/** One way to read what a file of weights leaves open. */
export interface BackboneVariant extends Pick<NetworkFile, 'openChoices'> {
  readonly architecture: string;
  /** As trained, batch normalisations and all. */
  readonly network: Network;
}

/** A file of trained weights, recognised. Its own network is the variant that is assumed, or that its user has chosen. */
export interface Backbone extends BackboneVariant, Pick<NetworkFile, 'notes'> {
  readonly file: string;
  readonly sha256: string;
  /** That it tells apart. */
  readonly classes: number;
  /** Which of the file's these are, where they are not all of them as they are. */
  readonly chosenClasses?: ChosenClasses;
  /** Whether these very weights are known by their bytes. */
  readonly isKnown: boolean;
  /** How its pixels were normalised, where these weights are known or the file tells; undefined for others. */
  readonly normalization: Normalization | undefined;
  /** The file says that the network takes pixels 0 … 255 as they are, and normalises them itself. */
  readonly takesPixels: boolean;
  /** How its photographs were resized, where that is known to differ from what is usual for its data. */
  readonly preprocessing: Preprocessing | undefined;
  /**
   * The ways to read what the weights leave open, the backbone itself first: only that where its user has said all, or where these
   * very weights are known.
   *
   * @throws CascadeError if the file can no longer be read.
   */
  variants(): Promise<readonly BackboneVariant[]>;
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
  await refuseCascade(file);
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
    async variants() {
      const open = known === undefined ? openValues(openChoices, options) : [];
      const others = open.slice(1).map(async (choices) => {
        const other = await readNetwork(file, imageSize, { ...options, choices });
        return { architecture: other.architecture, network: other.network, openChoices: other.openChoices };
      });
      return [{ architecture, network, openChoices }, ...(await Promise.all(others))];
    },
  };
}

/** All combinations of values for what is open and not chosen by the user, that of the assumed ones first. */
function openValues(
  openChoices: NetworkFile['openChoices'],
  { choices = {} }: ReadingOptions,
): readonly Partial<Choices>[] {
  return [...openChoices].reduce<readonly Partial<Choices>[]>(
    (combinations, [name, assumed]) => {
      if (choices[name] !== undefined) return combinations;
      const values = [assumed, ...OPEN_CHOICES[name].values.filter((value) => value !== assumed)];
      return values.flatMap((value) =>
        combinations.map((combination) => ({ ...combination, [name]: value })),
      );
    },
    [choices],
  );
}
