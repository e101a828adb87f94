import { type BatchedShape, shapeOfOne } from '../../../network/operator/batched-shape.js';
import { reshaped } from '../../../network/operator/layout.js';
import { elementCount } from '../../../network/tensor.js';
import { listed } from '../listed.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import { IMAGES, timesImages, type Value } from '../values.js';
import { asInFile } from './as-in-file.js';
import { emitReshape, type Made, madeValue } from './emit.js';

/** Reshape to any axes by which every image stays by itself. */
export function reshape(operation: Operation, builder: NetworkBuilder): Value {
  const [name, value] = operandOf(operation, builder);
  const copiesZeros = operation.integer('allowzero', 0) === 0;
  const written = (operation.indices('shape', 1) ?? []).map((size, axis) =>
    size === 0 && copiesZeros ? copied(value, axis) : size,
  );
  const wanted = written.map((size) => timesImages(size) ?? size);
  // What depends on the batch in some other way can only be what is left over.
  const open = wanted.findIndex((size) => size === -1 || Number.isNaN(size));
  const known = elementCount(wanted.toSpliced(open, open < 0 ? 0 : 1));
  const sizes = open < 0 ? wanted : wanted.with(open, elementCount(value.sizes) / known);
  const counting = written.flatMap((size, axis) => (size >= IMAGES ? [axis] : []));
  const axis = axisOfImages(value, sizes, counting, open);
  if (axis === undefined) {
    throw operation.refusal(
      `gives images of ${listed(shapeOfOne(value))} the shape ${listed(sizes)}, where cascade needs every image to stay by itself`,
    );
  }
  return shaped(operation, builder, name, { sizes, axis });
}

/** The size of an axis that is to stay as it is. */
function copied({ sizes, axis: images }: BatchedShape, axis: number): number {
  const size = sizes[axis] ?? 0;
  return axis === images ? size * IMAGES : size;
}

/**
 * Which axis of a new shape holds the images. Where the file does not say, because it was written for one image or leaves the size of
 * one axis open, the likeliest of those on which every image stays by itself.
 *
 * @param counting axes whose size the file computes from the number of images.
 * @param open the axis whose size is what is left over; below 0 if there is none.
 */
function axisOfImages(
  value: BatchedShape,
  sizes: readonly number[],
  counting: readonly number[],
  open: number,
): number | undefined {
  const axes = counting.length > 0 ? counting : [...sizes.keys()];
  const ranked = axes.flatMap((axis) => {
    const shape = reshaped(value, sizes, axis);
    if (shape === undefined) return [];
    const isAlone = sizes[axis] === 1;
    const isOpen = axis === open;
    // Images before the heads of an attention, but not before the features that a layer multiplies.
    const isInFront = shape.inner === sizes[axis] && axis < sizes.length - 1;
    const rank =
      isAlone && isOpen ? 0 : isAlone ? 1 : isOpen ? 2 : isInFront ? 3 : axis < sizes.length - 1 ? 4 : 5;
    return [{ axis, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank)[0]?.axis;
}

/** Flatten into a matrix. */
export function flatten(operation: Operation, builder: NetworkBuilder): Value {
  const [name, { sizes, axis }] = operandOf(operation, builder);
  const first = operation.axis(operation.integer('axis', 1), sizes.length + 1);
  const matrix = [elementCount(sizes.slice(0, first)), elementCount(sizes.slice(first))];
  return shaped(operation, builder, name, { sizes: matrix, axis: axis < first ? 0 : 1 });
}

/** Squeeze: axes of size one go. */
export function squeeze(operation: Operation, builder: NetworkBuilder): Value {
  const [name, { sizes, axis }] = operandOf(operation, builder);
  const axes =
    operation.axes('axes', 1, sizes.length) ??
    sizes.flatMap((size, each) => (size === 1 && each !== axis ? [each] : []));
  if (axes.some((each) => each === axis || sizes[each] !== 1))
    throw operation.refusal(`takes the axes ${listed(axes)} away, which are not all of size one`);
  return shaped(operation, builder, name, {
    sizes: sizes.filter((_, each) => !axes.includes(each)),
    axis: axis - axes.filter((each) => each < axis).length,
  });
}

/** Unsqueeze: axes of size one come in. */
export function unsqueeze(operation: Operation, builder: NetworkBuilder): Value {
  const [name, value] = operandOf(operation, builder);
  const added = operation.indices('axes', 1) ?? [];
  const rank = value.sizes.length + added.length;
  const axes = new Set(added.map((axis) => operation.axis(axis, rank)));
  const old = [...Array(rank).keys()].filter((axis) => !axes.has(axis));
  return shaped(operation, builder, name, {
    sizes: Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : value.sizes[old.indexOf(axis)]!)),
    axis: old[value.axis]!,
  });
}

function operandOf(operation: Operation, builder: NetworkBuilder): readonly [string, BatchedShape] {
  const name = asInFile(operation, builder, operation.operand(0));
  return [name, builder.batchedShape(name)!];
}

function shaped(
  operation: Operation,
  builder: NetworkBuilder,
  input: string,
  shape: Pick<BatchedShape, 'sizes' | 'axis'>,
): Made {
  const given = builder.batchedShape(input)!;
  const isSame = given.axis === shape.axis && given.sizes.join() === shape.sizes.join();
  return madeValue(builder, isSame ? input : emitReshape(operation, builder, operation.output, input, shape));
}
