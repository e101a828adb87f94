import { elementCount } from '../tensor.js';
import type { BatchedShape } from './batched-shape.js';
import type { OperatorCall } from './operator-call.js';
import type { OperatorRule } from './operator-rule.js';

export const transpose: OperatorRule = {
  attributes: { perm: 'integers' },
  shape(call) {
    call.atMost(1);
    const { sizes, axis, inner } = call.value(0);
    const order = call.list('perm') ?? [...sizes.keys()].reverse();
    if (order.toSorted((a, b) => a - b).join() !== [...sizes.keys()].join())
      throw call.refusal(`puts ${sizes.length} axes into the order [${order.join(', ')}]`);
    return { sizes: order.map((from) => sizes[from]!), axis: order.indexOf(axis), inner };
  },
};

export const reshape: OperatorRule = {
  integerInputs: [1],
  shape(call) {
    call.atMost(2);
    const value = call.value(0);
    const written = call.integers(1);
    const axis = written.indexOf(-1);
    const known = written.toSpliced(axis, 1);
    const size = elementCount(value.sizes) / elementCount(known);
    const shape =
      axis >= 0 && known.every((each) => each > 0)
        ? reshaped(value, written.with(axis, size), axis)
        : undefined;
    if (shape === undefined)
      throw call.refusal(
        `gives the shape [${value.sizes.join(', ')}] that of [${written.join(', ')}], by which the images of a batch do not stay by themselves`,
      );
    return shape;
  },
};

/**
 * A value in another shape of as many numbers, its images along the axis `axis`.
 *
 * @param sizes where there is one image.
 * @returns undefined if the images do not stand along that axis then.
 */
export function reshaped(
  value: BatchedShape,
  sizes: readonly number[],
  axis: number,
): BatchedShape | undefined {
  // Numbers of one image that lie on this side of where the next image's begin, and come again for each image.
  const outer = elementCount(value.sizes.slice(0, value.axis)) * (value.sizes[value.axis]! / value.inner);
  const before = elementCount(sizes.slice(0, axis));
  const along = sizes[axis]! / (outer / before);
  const isWhole = [sizes[axis]!, outer / before, along].every(
    (size) => Number.isSafeInteger(size) && size > 0,
  );
  return isWhole && elementCount(sizes) === elementCount(value.sizes)
    ? { sizes, axis, inner: along }
    : undefined;
}

export const concat: OperatorRule = {
  attributes: { axis: 'integer' },
  shape(call) {
    const shapes = call.operands.map((_, index) => call.value(index));
    const [first] = shapes;
    if (first === undefined) throw call.refusal('joins nothing');
    const axis = call.axisWithin(call.integer('axis', 0), first);
    const rest = ({ sizes, axis: images, inner }: BatchedShape): string =>
      [...sizes.with(axis, 0), images, inner].join();
    if (shapes.some((shape) => shape.sizes.length !== first.sizes.length || rest(shape) !== rest(first)))
      throw call.refusal(
        `joins the shapes ${shapes
          .map(({ sizes }) => `[${sizes.join(', ')}]`)
          .slice(0, 8)
          .join(', ')} along the axis ${axis}`,
      );
    const size = shapes.reduce((sum, { sizes }) => sum + sizes[axis]!, 0);
    return { ...first, sizes: first.sizes.with(axis, size) };
  },
};

export const slice: OperatorRule = {
  integerInputs: [1, 2, 3, 4],
  shape(call) {
    call.atMost(5);
    const value = call.value(0);
    const [starts, ends, axes, steps] = [1, 2, 3, 4].map((index) => call.integers(index)) as [
      readonly number[],
      readonly number[],
      readonly number[],
      readonly number[],
    ];
    if ([ends, axes, steps].some(({ length }) => length !== starts.length))
      throw call.refusal('has lists of different lengths');
    const sizes = [...value.sizes];
    axes.forEach((named, index) => {
      const axis = call.axisWithin(named, value);
      sizes[axis] = sliced(call, value.sizes[axis]!, starts[index]!, ends[index]!, steps[index]!);
    });
    return { ...value, sizes };
  },
};

function sliced(call: OperatorCall, size: number, start: number, end: number, step: number): number {
  // Before the first and behind the last place that a walk in this direction can stand at.
  const [lowest, highest] = step > 0 ? [0, size] : [-1, size - 1];
  const within = (place: number): number =>
    Math.min(highest, Math.max(lowest, place < 0 ? place + size : place));
  const count = Math.ceil((within(end) - within(start)) / step);
  if (!(count >= 1)) throw call.refusal(`takes nothing from ${start} to ${end} in steps of ${step}`);
  return count;
}

export const gather: OperatorRule = {
  attributes: { axis: 'integer' },
  integerInputs: [1],
  shape(call) {
    call.atMost(2);
    const value = call.value(0);
    const { integers, shape } = call.constant(1);
    const axis = call.axisWithin(call.integer('axis', 0), value);
    const size = value.sizes[axis]!;
    if (integers === undefined || !integers.every((index) => index >= -size && index < size))
      throw call.refusal(`picks other places than the ${size} that there are`);
    return {
      ...value,
      sizes: value.sizes.toSpliced(axis, 1, ...shape),
      axis: axis < value.axis ? value.axis - 1 + shape.length : value.axis,
    };
  },
};

export const pad: OperatorRule = {
  attributes: { mode: 'text' },
  integerInputs: [1],
  shape(call) {
    call.atMost(3);
    const value = call.value(0);
    const pads = call.integers(1);
    const rank = value.sizes.length;
    call.optional(2, [], [1]);
    if (pads.length !== 2 * rank || pads.some((count) => count < 0))
      throw call.refusal(`has pads of [${pads.join(', ')}] for ${rank} axes`);
    if (pads[value.axis] !== 0 || pads[rank + value.axis] !== 0) throw call.mixing();
    return { ...value, sizes: value.sizes.map((size, axis) => size + pads[axis]! + pads[rank + axis]!) };
  },
};

/** Blocks of pixels to channels (`factor` as it is) or back. */
export function blocks(direction: 'to-depth' | 'to-space'): OperatorRule {
  return {
    attributes: { blocksize: 'integer', ...(direction === 'to-space' && { mode: 'text' as const }) },
    shape(call) {
      call.atMost(1);
      const { sizes, ...images } = call.value(0);
      const block = call.integer('blocksize', 0);
      if (sizes.length !== 4 || images.axis !== 0 || !(block >= 1))
        throw call.refusal('reads no feature map');
      const [count, channels, height, width] = sizes as [number, number, number, number];
      const shape =
        direction === 'to-depth'
          ? [count, channels * block ** 2, height / block, width / block]
          : [count, channels / block ** 2, height * block, width * block];
      if (!shape.every(Number.isSafeInteger))
        throw call.refusal(`divides [${sizes.join(', ')}] into blocks of ${block}`);
      return { ...images, sizes: shape };
    },
  };
}
