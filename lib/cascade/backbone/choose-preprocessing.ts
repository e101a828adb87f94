import type { LocatedDataset } from '../../data/dataset.js';
import type { ImageSource } from '../../data/image-source.js';
import type { Engine } from '../../engine/engine.js';
import type { ChannelOrder } from '../../network/channel-order.js';
import type { Normalization } from '../../network/pixel-input.js';
import { usualNormalizations } from '../../network/usual-normalizations.js';
import { type ChooseOptions, chooseReading } from './choose-reading.js';
import type { Backbone } from './load-backbone.js';
import type { Reading, ReadingChoice } from './reading.js';

/** What a user says of the pixels that a network takes. */
export interface GivenPreprocessing {
  /** Taken whatever the images say. */
  readonly normalization?: Normalization | undefined;
  /** The order of the channels, where only that is given. */
  readonly channels?: ChannelOrder | undefined;
}

export const GIVEN_NAME = '--mean and --std';

/**
 * Finds out on labelled images, with the bare network, how the pixels of a file of weights are normalised.
 *
 * @param source images that thresholds and reported figures are not taken from.
 * @param sample numbers of some of them, in random order.
 */
export async function choosePreprocessing(
  { network, normalization: ofWeights }: Backbone,
  { description }: LocatedDataset,
  given: GivenPreprocessing,
  source: ImageSource,
  sample: Uint32Array,
  engine: Engine,
  options: ChooseOptions,
): Promise<ReadingChoice> {
  const { normalization: ofData, name: dataName } = description;
  const [channels] = description.shape;
  const order = given.normalization === undefined ? given.channels : undefined;
  const readings: Reading[] = usualNormalizations(channels, { ofWeights, ofData, dataName }, order).map(
    (each) => ({ ...each, network }),
  );
  if (given.normalization === undefined) return chooseReading(readings, source, sample, engine, options);
  const ownReading = { name: GIVEN_NAME, normalization: given.normalization, network, rank: -1 };
  const choice = await chooseReading([ownReading, ...readings], source, sample, engine, options);
  return { ...choice, chosen: choice.usual };
}
