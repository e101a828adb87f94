import { type BatchedShape, shapeOfOne } from '../../network/operator/batched-shape.js';
import { elementCount, type Tensor } from '../../network/tensor.js';

/** An array that is the same for every image: a weight, an index, or a shape. */
export interface Constant extends Tensor {
  readonly kind: 'constant';
  /** What the file calls it. */
  readonly name: string;
  /**
   * Integers: multiples of `IMAGES` among them stand for so many times the number of images in a batch, NaN for what depends on it
   * otherwise; beyond 2^24 they are rounded, which only "to the end" is.
   */
  readonly isInteger: boolean;
  /**
   * Numbers the images of a batch: there is one row (of the first axis) an image, and this much more is in each than in that before it.
   * What the constant holds is the first.
   */
  readonly perImage?: number;
}

/**
 * What stands for the number of images in a batch in arithmetic with shapes: larger than any integer of a file (2^63), and a power of two,
 * so that its multiples are exact in float32.
 */
export const IMAGES = 2 ** 70;

/** How many times the number of images an integer stands for; undefined of one that does not depend on them, or not so. */
export function timesImages(integer: number): number | undefined {
  return integer >= IMAGES && integer % IMAGES === 0 ? integer / IMAGES : undefined;
}

/** A place among channels (0), height (1) and width (2). */
export type ImageAxis = 0 | 1 | 2;

interface ActivationBase {
  /** What the network calls it. */
  readonly name: string;
  /** The softmax that this is after; the network has what is before. */
  readonly softmax?: { readonly node: string; readonly operator: 'Softmax' | 'LogSoftmax' };
}

/** An image or feature map. */
export interface ImageValue extends ActivationBase {
  readonly kind: 'image';
  /** `[channels, height, width]`, as the network has it. */
  readonly shape: readonly [number, number, number];
  /** Which of them stands where in the file's tensor, whose first axis is the batch. */
  readonly axes: readonly ImageAxis[];
  /** Pixels as whole numbers, with which nothing is computed until a Cast makes real numbers of them. */
  readonly isWhole?: true;
}

/**
 * An image on its way to its mean over height and width: rows and columns joined in one axis, or one of the two averaged before the
 * other.
 */
export interface PoolingValue {
  readonly kind: 'pooling';
  readonly image: ImageValue;
  /** What each axis of the file's tensor, without the batch, runs over; nothing where its size is one. */
  readonly axes: readonly (readonly ImageAxis[])[];
  /** How many times the mean it is: 1, or the number of pixels that were summed up. */
  readonly factor: number;
}

/** One number a feature. */
export interface VectorValue extends ActivationBase {
  readonly kind: 'vector';
  readonly features: number;
  /** The shape that the file gives it, without the batch: the features, and any number of ones. */
  readonly shape: readonly number[];
  /** The place in the network of each feature of the file, where they differ. */
  readonly order?: Uint32Array;
}

/** A value that depends on the image. */
export type Activation = ImageValue | VectorValue;

/** A value that may be moved about without computing with it. */
export type Movable = Activation | PoolingValue;

/** Any other value that operators which pass through make, such as the tokens of a transformer: as the file has it. */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly name: string;
  readonly shape: BatchedShape;
}

export type Value = Constant | Movable | TensorValue;

/** The order of the network and of most files. */
export const CHANNELS_FIRST: readonly ImageAxis[] = [0, 1, 2];

/** The order of TensorFlow. */
export const CHANNELS_LAST: readonly ImageAxis[] = [1, 2, 0];

export function isChannelsFirst({ axes }: ImageValue): boolean {
  return axes.every((axis, index) => axis === index);
}

/** The shape that a value has in the file, without the batch. */
export function fileShape(value: Movable | TensorValue): readonly number[] {
  switch (value.kind) {
    case 'tensor':
      return shapeOfOne(value.shape);
    case 'vector':
      return value.shape;
    case 'image':
      return value.axes.map((axis) => value.shape[axis]!);
    case 'pooling':
      return value.axes.map((group) => elementCount(group.map((axis) => value.image.shape[axis])));
  }
}

/** Where the channels or features stand in the file's shape without the batch. */
export function channelAxis(value: Activation): number {
  if (value.kind === 'image') return value.axes.indexOf(0);
  return Math.max(
    0,
    value.shape.findIndex((size) => size !== 1),
  );
}

/** Numbers that stand in the order of the file's features, in the network's. */
export function inNetworkOrder(numbers: Float32Array, value: Activation): Float32Array {
  if (value.kind === 'image' || value.order === undefined) return numbers;
  const ordered = new Float32Array(numbers.length);
  value.order.forEach((place, index) => {
    ordered[place] = numbers[index]!;
  });
  return ordered;
}
