import type { ChannelOrder } from './channel-order.js';
import type { Normalization } from './pixel-input.js';

/** A normalisation that networks are trained with. */
export interface NamedNormalization {
  /** What its pixels are normalised by, in words. */
  readonly name: string;
  readonly normalization: Normalization;
  /** The one of the lower rank is taken of two that the data cannot tell apart. */
  readonly rank: number;
}

/** Where the search begins. */
export interface KnownNormalizations {
  /** What was published with these very weights. */
  readonly ofWeights?: Normalization | undefined;
  /** What is usual for the data set, and what the data set is called. */
  readonly ofData: Normalization;
  readonly dataName: string;
}

const BYTE = 1 / 255;
const IMAGENET_MEAN = [0.485, 0.456, 0.406];
const IMAGENET_DEVIATION = [0.229, 0.224, 0.225];
/** Means of blue, green and red on 0 … 255, as the ResNets of Caffe and of Keras' applications have it. */
const CAFFE_MEAN = [103.939, 116.779, 123.68];

/** The opposite order of channels comes behind everything in the usual one. */
const RANK = { ofWeights: 0, ofData: 1, other: 2, reversed: 3 } as const;

/**
 * The normalisations that image classifiers are trained with, each once, the likeliest first. Pictures with three channels are also
 * taken as blue, green, red.
 *
 * @param channels of an image.
 * @param order only those in this order; both when left out.
 */
export function usualNormalizations(
  channels: number,
  { ofWeights, ofData, dataName }: KnownNormalizations,
  order?: ChannelOrder,
): readonly NamedNormalization[] {
  const alike = (value: number): number[] => new Array<number>(channels).fill(value);
  const other = (name: string, mean: readonly number[], std: readonly number[]): NamedNormalization => ({
    name,
    normalization: { mean, std },
    rank: RANK.other,
  });
  const inRgb: NamedNormalization[] = [
    ...(ofWeights === undefined
      ? []
      : [
          {
            name: 'the published mean and deviation of these weights',
            normalization: ofWeights,
            rank: RANK.ofWeights,
          },
        ]),
    { name: `the mean and deviation of ${dataName}`, normalization: ofData, rank: RANK.ofData },
    ...(channels === 3 ? [other("ImageNet's mean and deviation", IMAGENET_MEAN, IMAGENET_DEVIATION)] : []),
    other('0 to 1', alike(0), alike(1)),
    other('−1 to 1', alike(0.5), alike(0.5)),
    other('0 to 255', alike(0), alike(BYTE)),
    other(`0 to 1 less the mean of ${dataName}`, ofData.mean, alike(1)),
    other(`0 to 255 less the mean of ${dataName}`, ofData.mean, alike(BYTE)),
  ];
  const inBgr =
    channels === 3
      ? [
          {
            name: "Caffe's means of blue, green and red on 0 to 255",
            normalization: { mean: CAFFE_MEAN.map((mean) => mean / 255), std: alike(BYTE), channels: 'bgr' },
            rank: RANK.other + RANK.reversed,
          } as const,
          ...inRgb.map(reversed),
        ]
      : [];
  const all = [...inRgb, ...inBgr].filter(
    ({ normalization }) => order === undefined || (normalization.channels ?? 'rgb') === order,
  );
  return all.filter(
    ({ normalization }, index) =>
      all.findIndex((each) => isSame(each.normalization, normalization)) === index,
  );
}

function reversed({ name, normalization, rank }: NamedNormalization): NamedNormalization {
  const { mean, std, channels } = normalization;
  const turned = { mean: mean.toReversed(), std: std.toReversed() };
  return {
    name: `${name}, ${channels === 'bgr' ? 'red' : 'blue'} first`,
    normalization: channels === 'bgr' ? turned : { ...turned, channels: 'bgr' },
    rank: rank + RANK.reversed,
  };
}

/** Whether two do the same to pixels, up to the digits that are usually written. */
function isSame(a: Normalization, b: Normalization): boolean {
  const close = (x: readonly number[], y: readonly number[]): boolean =>
    x.every((value, index) => Math.abs(value - y[index]!) < 1e-6);
  return (a.channels ?? 'rgb') === (b.channels ?? 'rgb') && close(a.mean, b.mean) && close(a.std, b.std);
}
