import type { GraphNode } from '../../../network/graph.js';
import { elementCount } from '../../../network/tensor.js';
import { gathered, rowMajorStrides } from '../../pytorch/strided.js';
import { isShape } from '../constant.js';
import { listed } from '../listed.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import {
  type Activation,
  type Constant,
  fileShape,
  IMAGES,
  type ImageAxis,
  type ImageValue,
  isChannelsFirst,
  type Movable,
  type Value,
  type VectorValue,
} from '../values.js';
import { groupsOf, imageOf, regrouped, unpooled } from './axis-groups.js';
import { isPadded } from './window.js';

/** Shape: the number of images is not known, the rest is. */
export function shapeOf(operation: Operation): Constant {
  const value = operation.operand(0);
  const sizes = sizesOf(value);
  const taken = sizes.slice(
    operation.integer('start', 0),
    operation.has('end') ? operation.integer('end', 0) : undefined,
  );
  return {
    kind: 'constant',
    name: operation.output,
    shape: [taken.length],
    data: Float32Array.from(taken),
    isInteger: true,
  };
}

function sizesOf(value: Value): readonly number[] {
  switch (value.kind) {
    case 'constant':
      return value.perImage === undefined ? value.shape : value.shape.with(0, IMAGES);
    case 'tensor':
      return value.shape.sizes.map((size, axis) => (axis === value.shape.axis ? size * IMAGES : size));
    default:
      return [IMAGES, ...fileShape(value)];
  }
}

/** Transpose: the file's order of axes changes, the network's does not. */
export function transpose(operation: Operation): Movable {
  const value = operation.movable(0);
  const rank = fileShape(value).length + 1;
  const order = operation.integers('perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  const isPermutation = order.length === rank && new Set(order).size === rank;
  if (!isPermutation || order[0] !== 0 || order.some((axis) => axis < 0 || axis >= rank)) {
    throw operation.refusal(
      `puts axes into the order ${listed(order)}, where cascade needs the images first`,
    );
  }
  const rest = order.slice(1).map((axis) => axis - 1);
  switch (value.kind) {
    case 'image':
      return { ...value, axes: rest.map((axis) => value.axes[axis]!) };
    case 'vector':
      return { ...value, shape: rest.map((axis) => value.shape[axis]!) };
    case 'pooling':
      return { ...value, axes: rest.map((axis) => value.axes[axis]!) };
  }
}

/** Flatten into one vector an image. */
export function flatten(operation: Operation, builder: NetworkBuilder): Movable {
  const value = operation.movable(0);
  const sizes = fileShape(value);
  if (operation.axis(operation.integer('axis', 1), sizes.length + 1) !== 1) {
    throw operation.refusal('does not flatten each image into a vector, which is all that cascade runs');
  }
  return reshaped(operation, builder, value, [elementCount(sizes)]);
}

/** Reshape, as far as every image stays by itself. */
export function reshape(operation: Operation, builder: NetworkBuilder): Movable {
  const value = operation.movable(0);
  const [images, ...rest] = operation.indices('shape', 1) ?? [];
  const sizes = fileShape(value);
  const copiesZeros = operation.integer('allowzero', 0) === 0;
  const wanted = rest.map((size, axis) => (size === 0 && copiesZeros ? (sizes[axis] ?? 0) : size));
  const known = elementCount(wanted.filter((size) => size !== -1));
  const resolved = wanted.map((size) => (size === -1 ? elementCount(sizes) / known : size));
  // The first size is the number of images: written as such, left open, or one in a file that was exported for one.
  const keepsImages = images !== undefined && [-1, 0, 1, IMAGES].includes(images);
  const isWhole = resolved.every((size) => Number.isSafeInteger(size) && size > 0);
  if (!keepsImages || !isWhole || elementCount(resolved) !== elementCount(sizes)) {
    throw operation.refusal(
      `gives images of ${listed(sizes)} the shape ${listed((images === undefined ? rest : [images, ...rest]).map(shown))}, where cascade needs every image to stay by itself`,
    );
  }
  return reshaped(operation, builder, value, resolved);
}

/** A size as an error says it. */
function shown(size: number): number | string {
  return size >= IMAGES ? 'images' : size;
}

/** Squeeze: axes of size one go. */
export function squeeze(operation: Operation, builder: NetworkBuilder): Movable {
  const value = operation.movable(0);
  const sizes = fileShape(value);
  const axes =
    operation.axes('axes', 1, sizes.length + 1) ??
    sizes.flatMap((size, axis) => (size === 1 ? [axis + 1] : []));
  if (axes.some((axis) => axis === 0 || sizes[axis - 1] !== 1)) {
    throw operation.refusal(`takes the axes ${listed(axes)} away, which are not all of size one`);
  }
  return reshaped(
    operation,
    builder,
    value,
    sizes.filter((_, axis) => !axes.includes(axis + 1)),
  );
}

/** Unsqueeze: axes of size one come in. */
export function unsqueeze(operation: Operation, builder: NetworkBuilder): Movable {
  const value = operation.movable(0);
  const sizes = fileShape(value);
  const added = operation.indices('axes', 1) ?? [];
  const rank = sizes.length + 1 + added.length;
  const axes = new Set(added.map((axis) => operation.axis(axis, rank)));
  if (axes.has(0)) throw operation.refusal('puts an axis before the images, which cascade does not run');
  const rest = [...sizes];
  const shape = Array.from({ length: rank - 1 }, (_, axis) => (axes.has(axis + 1) ? 1 : rest.shift()!));
  return reshaped(operation, builder, value, shape);
}

/**
 * The same numbers in another shape: as they are, with axes of size one elsewhere, with rows and columns joined, or as a vector.
 */
function reshaped(
  operation: Operation,
  builder: NetworkBuilder,
  value: Movable,
  shape: readonly number[],
): Movable {
  const isVector = shape.filter((size) => size !== 1).length <= 1;
  if (value.kind === 'vector') {
    if (isVector && isShape(shape)) return { ...value, shape };
  } else {
    const whole = unpooled(value);
    const axes = whole && sameAxes(whole, shape);
    if (whole !== undefined && axes !== undefined) return { ...whole, axes };
    if (whole !== undefined && isVector) return flattened(operation, builder, whole, shape);
    const image = imageOf(value);
    const groups =
      isShape(shape) && !image.isWhole ? regrouped(groupsOf(value), image.shape, shape) : undefined;
    const factor = value.kind === 'pooling' ? value.factor : 1;
    if (groups !== undefined) return { kind: 'pooling', image, axes: groups, factor };
  }
  throw operation.refusal(
    `gives images of ${listed(fileShape(value))} the shape ${listed(shape)}, which is neither an image nor a vector any more`,
  );
}

/** The axes of an image in a shape of rank 3 that only moves those of size one; undefined if it does more. */
function sameAxes({ axes, shape: sizes }: ImageValue, shape: readonly number[]): ImageAxis[] | undefined {
  if (shape.length !== axes.length) return undefined;
  const wide = axes.filter((axis) => sizes[axis] !== 1);
  const single = axes.filter((axis) => sizes[axis] === 1);
  const moved = shape.map((size) => (size === 1 ? single.shift() : wide.shift()));
  const fits = moved.every((axis, index) => axis !== undefined && sizes[axis] === shape[index]);
  return fits ? (moved as ImageAxis[]) : undefined;
}

/** Whole numbers are exact in float32 up to here. */
const MOST_REORDERED = 2 ** 24;

function flattened(
  operation: Operation,
  builder: NetworkBuilder,
  value: ImageValue,
  shape: readonly number[],
): VectorValue {
  if (value.isWhole)
    throw operation.refusal('flattens whole numbers, where cascade needs a Cast to real numbers first');
  const { output: name } = operation;
  const averaged = averagedIn(builder, value);
  const node: GraphNode =
    averaged === undefined
      ? { kind: 'flatten', name, input: value.name }
      : { kind: 'global-average-pool', name, input: averaged };
  const [features] = builder.add(operation, node) as [number];
  const vector = { kind: 'vector', name, features, shape } as const;
  if (isChannelsFirst(value)) return vector;
  // The place of each number in the network, read in the order of the file.
  operation.makes(3 * features);
  if (features > MOST_REORDERED) {
    throw operation.refusal(
      `puts ${features} numbers in another order, where cascade takes at most ${MOST_REORDERED}; give smaller images`,
    );
  }
  const places = new Float32Array(features).map((_, place) => place);
  const strides = rowMajorStrides(value.shape);
  const order = gathered(
    places,
    fileShape(value),
    value.axes.map((axis) => strides[axis]!),
  );
  return { ...vector, order: Uint32Array.from(order) };
}

/** What a value is the mean over all pixels of, where a window over the whole image took it. */
function averagedIn(builder: NetworkBuilder, { name }: ImageValue): string | undefined {
  const pool = builder.node(name);
  if (pool?.kind !== 'average-pool' || isPadded(pool.padding)) return undefined;
  const [, ...size] = builder.shape(pool.input);
  return size.join() === pool.kernel.join() ? pool.input : undefined;
}

/** More than any axis has: exporters write 2^31 − 1 or 2^63 − 1. */
const TO_THE_END = 2 ** 31 - 1;

/** Slice: every n-th row and column from the first on, or everything. */
export function slice(operation: Operation, builder: NetworkBuilder): Activation {
  const moved = operation.movable(0);
  const value = moved.kind === 'image' ? moved : operation.activation(0);
  const sizes = [Number.POSITIVE_INFINITY, ...fileShape(value)];
  const starts = operation.indices('starts', 1) ?? [];
  const ends = operation.indices('ends', 2) ?? [];
  const axes = operation.axes('axes', 3, sizes.length) ?? starts.map((_, axis) => axis);
  const steps = operation.indices('steps', 4) ?? axes.map(() => 1);
  const stride: [number, number] = [1, 1];
  axes.forEach((axis, index) => {
    const [start, end, step] = [starts[index]!, ends[index]!, steps[index]!];
    const isWhole = (start === 0 || start <= -sizes[axis]!) && (end >= sizes[axis]! || end >= TO_THE_END);
    const place = value.kind === 'image' && axis > 0 ? value.axes[axis - 1]! : 0;
    if (!isWhole || !(step === 1 || (step > 1 && place > 0))) {
      throw operation.refusal(
        `takes ${start} to ${end} in steps of ${step} along the axis ${axis}, where cascade takes every n-th row or column from the first on`,
      );
    }
    if (place > 0) stride[place - 1] = step;
  });
  if (stride.every((step) => step === 1)) return value;
  const { output: name } = operation;
  const shape = builder.add(operation, { kind: 'strided-slice', name, input: value.name, stride });
  return { ...(value as ImageValue), name, shape: shape as [number, number, number] };
}
