import { NEUTRAL } from '../colours.js';
import type { Look } from '../look.js';
import { distinct } from '../naming.js';
import { textWidth, wrapText } from '../text-width.js';
import { colourOf } from './front-colours.js';
import type { FrontData } from './front-data.js';
import type { Frame } from './front-frame.js';
import { marginsOf } from './front-frame.js';
import type { DrawnExit, NumberedPoint } from './front-labels.js';

/** What a sign of the picture means: a sample of a line (with a method's dash) or of a marker, once in each colour that it has. */
interface KeyEntry {
  readonly text: string;
  readonly sign: 'line' | Marker;
  readonly colours: readonly string[];
  readonly isHollow: boolean;
  readonly method: string;
  /** Whether it begins a row. */
  readonly begins?: true;
}

/** The markers of the picture by Vega's names of their shapes. */
export const MARKERS = {
  operating: 'diamond',
  full: 'square',
  exit: 'circle',
  below: 'triangle-down',
} as const;

type Marker = (typeof MARKERS)[keyof typeof MARKERS];

/** A sign with its place in pixels from the plot's upper left corner; it lies between `x` and `x2`. */
export interface PlacedSign {
  readonly sign: 'line' | Marker;
  readonly colour: string;
  readonly fill: string;
  readonly method: string;
  readonly x: number;
  readonly x2: number;
  readonly middle: number;
  readonly y: number;
}

/** A line of an entry's text. */
export interface PlacedKeyText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** A key under the x axis; `height` is from the plot's lower edge. */
export interface FrontKey {
  readonly signs: readonly PlacedSign[];
  readonly texts: readonly PlacedKeyText[];
  readonly height: number;
}

/** In sizes of the key's text. */
const SIZES = { line: 2.5, marker: 1.1, textGap: 0.5, entryGap: 2, row: 1.75 } as const;
/** From the plot to the middle of the first row, in sizes of texts: past the axis' numbers and its title. */
const TOP = 5.3;

/** Explains every sign that the picture uses, and the points that have numbers. */
export function frontKey(
  data: FrontData,
  exits: readonly DrawnExit[],
  numbered: readonly NumberedPoint[],
  frame: Frame,
  look: Look,
): FrontKey {
  const size = look.text.label;
  const margins = marginsOf(look);
  // On paper room is dear: the key begins under the numbers of the y axis.
  const [left, width] = look.titled ? [0, frame.width] : [size - margins.left, look.width - 1.5 * size];
  const signs: PlacedSign[] = [];
  const texts: PlacedKeyText[] = [];
  let x = 0;
  let y = frame.height + TOP * size;
  let rows = 1;
  for (const { text, sign, colours, isHollow, method, begins } of keyEntries(data, exits, numbered)) {
    const step = (sign === 'line' ? SIZES.line : SIZES.marker) * size;
    const start = step * colours.length + SIZES.textGap * size;
    const lines = wrapText(text, size, width - start);
    const needed = start + Math.max(...lines.map((line) => textWidth(line, size)));
    if (x > 0 && (begins || x + needed > width)) {
      x = 0;
      y += rows * SIZES.row * size;
      rows = 1;
    }
    colours.forEach((colour, index) => {
      const from = left + x + index * step;
      const fill = isHollow ? 'white' : colour;
      signs.push({ sign, colour, fill, method, x: from, x2: from + step, middle: from + step / 2, y });
    });
    lines.forEach((line, index) => {
      texts.push({ text: line, x: left + x + start, y: y + index * SIZES.row * size });
    });
    rows = Math.max(rows, lines.length);
    x += needed + SIZES.entryGap * size;
  }
  return { signs, texts, height: y - frame.height + (rows - 1) * SIZES.row * size + 1.4 * size };
}

function keyEntries(
  data: FrontData,
  exits: readonly DrawnExit[],
  numbered: readonly NumberedPoint[],
): KeyEntry[] {
  const colour = colourOf(data);
  const isMany = data.runs.length > 1;
  const line = (text: string, run: string, method: string): KeyEntry => ({
    text,
    sign: 'line',
    colours: [isMany && run === '' ? NEUTRAL : colour({ run, method })],
    isHollow: false,
    method,
  });
  /** In the colours of the points that it stands for. */
  const marker = (
    sign: Marker,
    text: string,
    points: readonly { readonly run: string; readonly method: string }[],
  ): readonly KeyEntry[] =>
    points.length === 0
      ? []
      : [{ text, sign, colours: distinct(points.map(colour)), isHollow: sign === MARKERS.exit, method: '' }];
  const lined = data.methods.filter(
    (method) => method !== '' && data.fronts.some((point) => point.method === method),
  );
  const hasBars = data.operatingPoints.some((point) => point.low_percent !== null);
  const [alone] = lined;
  const fronts =
    lined.length === 1 && !isMany
      ? [line('cascade at other thresholds', '', alone!)]
      : lined.map((method) => line(method, '', method));
  return [
    ...(isMany ? data.runs.map((run) => line(runText(data, run), run, data.methods[0] ?? '')) : []),
    ...fronts,
    ...marker(
      MARKERS.operating,
      `chosen thresholds${hasBars ? ' (bar: 95 % interval of the drop)' : ''}`,
      data.operatingPoints,
    ),
    ...marker(MARKERS.full, 'full network', data.fullNetworks),
    ...marker(
      MARKERS.exit,
      'all images at one exit',
      exits.filter((exit) => !exit.below),
    ),
    ...marker(
      MARKERS.below,
      'the same, below the range shown',
      exits.filter((exit) => exit.below),
    ),
    ...numbered.map(
      ({ number, text, colour: own }): KeyEntry => ({
        text: `${number}: ${text}`,
        sign: MARKERS.operating,
        begins: true,
        colours: [own],
        isHollow: false,
        method: '',
      }),
    ),
  ];
}

/** A run's name with what its full network reaches and costs. */
function runText(data: FrontData, run: string): string {
  const full = data.fullNetworks.find((network) => network.run === run);
  return full === undefined ? run : `${run} (in full ${full.figures})`;
}
