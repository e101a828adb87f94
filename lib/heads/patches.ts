import type { Shape } from '../network/graph.js';
import { convolvedShape, poolingCells } from './head-graph.js';
import type { ConvolutionLayer, Pooling } from './head-kinds.js';

/** Unfolds feature maps, so that a convolution becomes a matrix product. */
export interface Patches {
  /** Positions of the window, rows · columns. */
  readonly positions: number;
  /** Numbers under the window, channels · kernel · kernel. */
  readonly size: number;
  /**
   * `[positions · count, size]`: the patches of all images at the first position, then those at the second; a patch holds channels,
   * then rows, then columns, as a convolution's weight does. The array is used again at the next call with the same count.
   *
   * @param maps `[count, channels, height, width]`.
   */
  unfold(maps: Float32Array, count: number): Float32Array;
}

export function patches(convolution: ConvolutionLayer, inputShape: Shape): Patches {
  const { kernel, stride } = convolution;
  const [channels, height, width] = inputShape as [number, number, number];
  const [, rows, columns] = convolvedShape(convolution, inputShape) as [number, number, number];
  const padding = (kernel - 1) / 2;
  const size = channels * kernel * kernel;
  const positions = rows * columns;
  let unfolded = new Float32Array(0);
  return {
    positions,
    size,
    unfold(maps, count) {
      // What lies in the padding is never written, and so stays zero.
      if (unfolded.length !== positions * count * size) unfolded = new Float32Array(positions * count * size);
      // One image after the other, since a whole map stays in the processor's cache.
      for (let image = 0; image < count; image++) {
        for (let position = 0; position < positions; position++) {
          const top = Math.floor(position / columns) * stride - padding;
          const left = (position % columns) * stride - padding;
          const [firstRow, lastRow] = [Math.max(0, -top), Math.min(kernel, height - top)];
          const [firstColumn, lastColumn] = [Math.max(0, -left), Math.min(kernel, width - left)];
          const patch = (position * count + image) * size;
          for (let channel = 0; channel < channels; channel++) {
            const map = (image * channels + channel) * height;
            for (let row = firstRow; row < lastRow; row++) {
              const from = (map + top + row) * width + left;
              const to = patch + (channel * kernel + row) * kernel;
              for (let column = firstColumn; column < lastColumn; column++) {
                unfolded[to + column] = maps[from + column]!;
              }
            }
          }
        }
      }
      return unfolded;
    },
  };
}

/** `[cells, rows · columns]`: average pooling as a product with the positions of a map. */
export function poolingMatrix(
  pooling: Pooling,
  [, rows, columns]: Shape,
): { readonly cells: number; readonly matrix: Float32Array } {
  const [vertical, horizontal] = [poolingCells(pooling, rows!), poolingCells(pooling, columns!)];
  const cells = vertical.count * horizontal.count;
  const positions = rows! * columns!;
  const matrix = new Float32Array(cells * positions);
  for (let cell = 0; cell < cells; cell++) {
    const top = Math.floor(cell / horizontal.count) * vertical.stride;
    const left = (cell % horizontal.count) * horizontal.stride;
    for (let row = top; row < top + vertical.kernel; row++) {
      const start = cell * positions + row * columns! + left;
      matrix.fill(1 / (vertical.kernel * horizontal.kernel), start, start + horizontal.kernel);
    }
  }
  return { cells, matrix };
}
