import type { Shape } from '../graph.js';

/**
 * The shape of a value as ONNX has it, its images among the axes: some operators move them from the front, or join them with other axes
 * (the windows of a Swin transformer, the heads of an attention).
 */
export interface BatchedShape {
  /** Sizes of all axes, where there is one image. */
  readonly sizes: readonly number[];
  /** The axis along which the images stand; of `n` images it has `n` times its size. */
  readonly axis: number;
  /** How many neighbours along that axis belong to the same image; all others of that image come `n` times as far. */
  readonly inner: number;
}

/** The images in front, on an axis of their own: what all nodes but operators read and make. */
export function imagesInFront(shape: Shape): BatchedShape {
  return { sizes: [1, ...shape], axis: 0, inner: 1 };
}

export function areImagesInFront({ sizes, axis }: BatchedShape): boolean {
  return axis === 0 && sizes[0] === 1;
}

/** What one image has of it: without the axis of the images where that is theirs alone. */
export function shapeOfOne({ sizes, axis }: BatchedShape): Shape {
  return sizes[axis] === 1 ? sizes.toSpliced(axis, 1) : sizes;
}
