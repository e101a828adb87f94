import type { FrontData } from './front-data.js';
import type { PicturePoint } from './front-points.js';

/**
 * Okabe and Ito's colours, distinct to the colour-blind, without the yellow that white paper swallows; then
 * three of Tol's muted ones.
 */
const COLOURS = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#E69F00',
  '#56B4E9',
  '#000000',
  '#882255',
  '#999933',
  '#332288',
];

/** The first so many colours; after the last they begin again. */
export function colourList(count: number): string[] {
  return Array.from({ length: count }, (_, index) => COLOURS[index % COLOURS.length]!);
}

/** Lengths of dash and gap in pixels; the first is a solid line. */
const DASHES = [
  [1, 0],
  [7, 3],
  [2, 2.5],
  [10, 3, 2, 3],
  [4, 2, 1, 2, 1, 2],
];

/** Colour of what belongs to no series. */
export const NEUTRAL = '#3c3c3c';

/**
 * The colour of a run; where there is one run only, that of a method, and neutral for what has none.
 * After the last colour they begin again.
 */
export function colourOf(data: FrontData): (point: Pick<PicturePoint, 'run' | 'method'>) => string {
  const [series, key] =
    data.runs.length > 1 ? [data.runs, 'run' as const] : [data.methods, 'method' as const];
  return (point) => {
    const index = series.indexOf(point[key]);
    return index < 0 ? NEUTRAL : COLOURS[index % COLOURS.length]!;
  };
}

/** The n-th of several methods has the n-th dash; after the last they begin again. */
export function dashes(count: number): number[][] {
  return Array.from({ length: count }, (_, index) => DASHES[index % DASHES.length]!);
}

/** A darker shade of a colour (#rrggbb) in which small text is easy to read on white. */
export function inkOf(colour: string): string {
  const shade = (start: number) => Math.round(0.72 * Number.parseInt(colour.slice(start, start + 2), 16));
  return `#${[1, 3, 5].map((start) => shade(start).toString(16).padStart(2, '0')).join('')}`;
}
