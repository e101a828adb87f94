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

/** Shades of one colour for things in an order, from light to a dark one on which black text is easy to read. */
export function shades(count: number): string[] {
  const [light, dark] = [
    [0xe1, 0xed, 0xf8],
    [0x6b, 0xae, 0xd6],
  ] as const;
  return Array.from({ length: count }, (_, index) => {
    const share = count === 1 ? 0.5 : index / (count - 1);
    const mixed = light.map((value, channel) => Math.round(value + share * (dark[channel]! - value)));
    return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  });
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
