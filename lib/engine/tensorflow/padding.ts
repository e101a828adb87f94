import type { Padding } from '../../network/graph.js';

type Pairs = [[number, number], [number, number], [number, number], [number, number]];

/** Padding as TensorFlow.js takes it for `[images, rows, columns, channels]`. */
export function paddingPairs({ top, bottom, left, right }: Padding): Pairs {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

export function isPadded({ top, bottom, left, right }: Padding): boolean {
  return top > 0 || bottom > 0 || left > 0 || right > 0;
}
