import { elementCount } from '../../../network/tensor.js';
import type { ImageAxis, ImageValue, PoolingValue } from '../values.js';

/** What each axis of a file's tensor, without the batch, runs over. */
export type AxisGroups = PoolingValue['axes'];

export function groupsOf(value: ImageValue | PoolingValue): AxisGroups {
  return value.kind === 'pooling' ? value.axes : value.axes.map((axis) => [axis]);
}

export function imageOf(value: ImageValue | PoolingValue): ImageValue {
  return value.kind === 'pooling' ? value.image : value;
}

/**
 * The same axes in another shape, each of whose sizes is that of one axis or of neighbouring ones joined.
 *
 * @param sizes of channels, rows and columns.
 * @returns undefined if an axis would be cut, or channels joined with rows or columns.
 */
export function regrouped(
  groups: AxisGroups,
  sizes: ImageValue['shape'],
  shape: readonly number[],
): AxisGroups | undefined {
  const axes = groups.flat().filter((axis) => sizes[axis] !== 1);
  const taken = shape.map((size) => {
    const group: ImageAxis[] = [];
    for (let reached = 1; reached < size && axes.length > 0; ) {
      const axis = axes.shift()!;
      group.push(axis);
      reached *= sizes[axis];
    }
    return group;
  });
  const fits = taken.every((group, place) => {
    const mixesChannels = group.length > 1 && group.includes(0);
    return !mixesChannels && elementCount(group.map((axis) => sizes[axis])) === shape[place];
  });
  return fits && axes.length === 0 ? taken : undefined;
}

/** The image that a value still is while nothing of it is averaged, its numbers in the same order; otherwise undefined. */
export function unpooled(value: ImageValue | PoolingValue): ImageValue | undefined {
  if (value.kind === 'image') return value;
  const { image } = value;
  const present = value.axes.flat();
  const missing = image.axes.filter((axis) => !present.includes(axis));
  return missing.every((axis) => image.shape[axis] === 1)
    ? { ...image, axes: [...present, ...missing] }
    : undefined;
}
