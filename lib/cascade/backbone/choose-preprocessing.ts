import type { LocatedDataset } from '../../data/dataset.js';
import type { ChannelOrder } from '../../network/input/channel-order.js';
import type { Normalization } from '../../network/input/pixel-input.js';
import { type NamedNormalization, usualNormalizations } from '../../network/input/usual-normalizations.js';
import { chooseReading, likelyOf, type Trial } from './choose-reading.js';
import type { Backbone } from './load-backbone.js';
import type { Reading, ReadingChoice } from './reading.js';

/** What a user says of the pixels that a network takes. */
export interface GivenPreprocessing {
  /** Taken whatever the images say. */
  readonly normalization?: Normalization | undefined;
  /** The order of the channels, where only that is given. */
  readonly channels?: ChannelOrder | undefined;
}

const GIVEN_NAME = '--mean and --std';

/** What an unusual value of an open choice adds to the rank: images must tell it clearly, whatever the normalisation. */
const UNUSUAL = 100;

/**
 * Finds out on labelled images, with the bare network, how the pixels of a file of weights are normalised, and what else its weights
 * leave open.
 *
 * @param trial on images that thresholds and reported figures are not taken from.
 */
export async function choosePreprocessing(
  backbone: Backbone,
  { description }: LocatedDataset,
  given: GivenPreprocessing,
  trial: Trial,
): Promise<ReadingChoice> {
  const { normalization: ofData, name: dataName } = description;
  const [channels] = description.shape;
  const order = given.normalization === undefined ? given.channels : undefined;
  const known = { ofWeights: backbone.normalization, ofData, dataName };
  const usual = usualNormalizations(channels, known, order);
  const [own, ...others] = await backbone.variants();
  const isGiven = given.normalization !== undefined;
  const tried: readonly NamedNormalization[] = isGiven
    ? [{ name: GIVEN_NAME, normalization: given.normalization, rank: -1 }, ...usual]
    : usual;
  const readings = [own!, ...others].flatMap((variant, index): Reading[] =>
    // What was not asked for is tried of the usual variant only, to say what would do better.
    (isGiven && index > 0 ? tried.slice(0, 1) : tried).map(({ name, normalization, rank }) => ({
      name,
      normalization,
      variant,
      rank: rank + UNUSUAL * index,
    })),
  );
  const choice = await chooseReading(readings, trial);
  if (!isGiven) return choice;
  const asGiven = choice.tried.filter(({ reading }) => reading.name === GIVEN_NAME);
  return { ...choice, chosen: likelyOf(asGiven, choice.labels) ?? choice.usual };
}
