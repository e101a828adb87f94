import type { FrontData } from './front-data.js';
import { PLOT } from './front-frame.js';
import type { DrawnExit } from './front-labels.js';
import { colourOf, NEUTRAL } from './front-style.js';
import { textWidth } from './text-width.js';

/** What a sign of the picture means: a sample of a line (with a method's dash) or of a marker. */
interface KeyEntry {
  readonly text: string;
  readonly sign: 'line' | Marker;
  readonly colour: string;
  readonly fill: string;
  readonly method: string;
}

/** The markers of the picture by Vega's names of their shapes. */
export const MARKERS = {
  operating: 'diamond',
  full: 'square',
  exit: 'circle',
  below: 'triangle-down',
} as const;

type Marker = (typeof MARKERS)[keyof typeof MARKERS];

/** An entry with its place in pixels from the plot's upper left corner; the sign lies between `x` and `x2`. */
export interface PlacedKeyEntry extends KeyEntry {
  readonly x: number;
  readonly x2: number;
  readonly middle: number;
  readonly text_x: number;
  readonly y: number;
}

export const KEY_FONT_SIZE = 11;
const TOP = 62;
const ROW_HEIGHT = 20;
const LINE_LENGTH = 28;
const MARKER_WIDTH = 12;
const GAP = { text: 6, entry: 22 } as const;

/** Explains every sign that the picture uses, in rows under the x axis; `height` is from the plot's lower edge. */
export function frontKey(
  data: FrontData,
  exits: readonly DrawnExit[],
): { entries: PlacedKeyEntry[]; height: number } {
  let x = 0;
  let row = 0;
  const entries = keyEntries(data, exits).map((entry) => {
    const sign = entry.sign === 'line' ? LINE_LENGTH : MARKER_WIDTH;
    const width = sign + GAP.text + textWidth(entry.text, KEY_FONT_SIZE);
    if (x > 0 && x + width > PLOT.width) {
      x = 0;
      row += 1;
    }
    const start = x;
    x += width + GAP.entry;
    return {
      ...entry,
      x: start,
      x2: start + sign,
      middle: start + sign / 2,
      text_x: start + sign + GAP.text,
      y: PLOT.height + TOP + row * ROW_HEIGHT,
    };
  });
  return { entries, height: TOP + (row + 1) * ROW_HEIGHT };
}

function keyEntries(data: FrontData, exits: readonly DrawnExit[]): KeyEntry[] {
  const colour = colourOf(data);
  const severalRuns = data.runs.length > 1;
  const line = (text: string, run: string, method: string): KeyEntry => ({
    text,
    sign: 'line',
    colour: colour({ run, method }),
    fill: 'none',
    method,
  });
  const marker = (sign: Marker, text: string): KeyEntry => ({
    text,
    sign,
    colour: NEUTRAL,
    fill: sign === MARKERS.exit ? 'white' : NEUTRAL,
    method: '',
  });
  const lined = data.methods.filter((method) => data.fronts.some((point) => point.method === method));
  const hasBars = data.operatingPoints.some((point) => point.low_percent !== null);
  return [
    ...(severalRuns ? data.runs.map((run) => line(runText(data, run), run, data.methods[0] ?? '')) : []),
    ...lined.map((method) => line(`front, method ${method}`, '', method)),
    ...(data.operatingPoints.length > 0
      ? [
          marker(
            MARKERS.operating,
            `chosen operating point${hasBars ? ' (bar: 95 % interval of its drop)' : ''}`,
          ),
        ]
      : []),
    ...(data.fullNetworks.length > 0 ? [marker(MARKERS.full, 'full network')] : []),
    ...(exits.some((exit) => !exit.below) ? [marker(MARKERS.exit, 'single exit used alone')] : []),
    ...(exits.some((exit) => exit.below)
      ? [marker(MARKERS.below, 'single exit below the range shown, with its accuracy')]
      : []),
  ];
}

/** A run's name with what its full network reaches and costs. */
function runText(data: FrontData, run: string): string {
  const full = data.fullNetworks.find((network) => network.run === run);
  return full === undefined ? run : `${run} (in full ${full.figures})`;
}
