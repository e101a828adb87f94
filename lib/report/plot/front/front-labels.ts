import { inkOf, NEUTRAL } from '../colours.js';
import type { Box, Segment } from '../geometry.js';
import type { Look } from '../look.js';
import { distinct } from '../naming.js';
import type { Label } from '../place-labels.js';
import { LINE_HEIGHT, placeLabels } from '../place-labels.js';
import { colourOf } from './front-colours.js';
import type { FrontData } from './front-data.js';
import type { Frame } from './front-frame.js';
import { innerBox, toPixels } from './front-frame.js';
import type { PicturePoint } from './front-points.js';

/** Half the size of each marker in pixels, and how much larger than the others' its text is. */
const STYLE = {
  operating: { radius: 7, larger: 0.5 },
  full: { radius: 6, larger: 0 },
  exit: { radius: 4.5, larger: 0 },
} as const;

/** The middle of a marker at the lower edge, in pixels from it. */
const EDGE = 8;

/** An exit with its place; one that lies below the picture is at its lower edge, its accuracy in figures. */
export interface DrawnExit extends PicturePoint {
  readonly below: boolean;
  readonly x: number;
  readonly y: number;
}

/** One line of a text with its centre in pixels. */
export interface PlacedText {
  readonly text: string;
  readonly font_size: number;
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  /** Whether a line runs under it, from which it must stand out. */
  readonly over_line: boolean;
}

/** A line from a marker to its text. */
export interface Leader extends Segment {
  readonly colour: string;
}

/** A point whose label found no room beside it and stands in the key, by its number. */
export interface NumberedPoint {
  readonly number: number;
  readonly text: string;
  readonly colour: string;
}

/** The texts of a picture. */
export interface FrontLabels {
  readonly texts: readonly PlacedText[];
  readonly leaders: readonly Leader[];
  readonly numbered: readonly NumberedPoint[];
}

/** Puts exits too inaccurate for the picture at its lower edge. */
export function drawnExits(data: FrontData, frame: Frame): DrawnExit[] {
  const place = toPixels(frame);
  return data.exits.map((exit) => {
    const { x, y } = place(exit.cost_percent, exit.accuracy_percent);
    if (exit.accuracy_percent >= frame.accuracy[0]) return { ...exit, below: false, x, y };
    return { ...exit, below: true, x, y: frame.height - EDGE };
  });
}

/** Up to this many operating points have their words beside them. */
const MOST_IN_WORDS = 6;

/**
 * Places all texts of the picture: operating points choose first, then the full network, then the exits. Where not all
 * operating points have room for their words clear of the curves, they have numbers, and the key has the words.
 */
export function frontLabels(
  data: FrontData,
  exits: readonly DrawnExit[],
  frame: Frame,
  look: Look,
): FrontLabels {
  const inWords = placedTexts(data, exits, frame, look, (point) => point.label);
  const labelled = data.operatingPoints.filter(({ label }) => label.length > 0);
  if (labelled.length <= MOST_IN_WORDS && inWords.clear === labelled.length)
    return { ...inWords, numbered: [] };
  const colour = colourOf(data);
  const numbered = labelled.map((point, index) => ({
    number: index + 1,
    text: point.label.join(': '),
    colour: colour(point),
  }));
  const placed = placedTexts(data, exits, frame, look, (point) => {
    const index = labelled.indexOf(point);
    return index < 0 ? [] : [String(index + 1)];
  });
  return { ...placed, numbered };
}

function placedTexts(
  data: FrontData,
  exits: readonly DrawnExit[],
  frame: Frame,
  { text, scale }: Look,
  operatingLabel: (point: FrontData['operatingPoints'][number]) => readonly string[],
): Omit<FrontLabels, 'numbered'> & {
  /** Operating points whose texts stand clear of all lines. */
  readonly clear: number;
} {
  const place = toPixels(frame);
  const at = (point: PicturePoint) => place(point.cost_percent, point.accuracy_percent);
  const colour = colourOf(data);
  const labelOf = (
    point: PicturePoint,
    kind: keyof typeof STYLE,
    lines: readonly string[],
    spot = at(point),
  ) => ({
    ...spot,
    kind,
    lines,
    radius: STYLE[kind].radius * scale,
    fontSize: text.label + STYLE[kind].larger,
    colour: kind === 'full' && data.runs.length === 1 ? NEUTRAL : inkOf(colour(point)),
  });
  const markers = [
    ...data.operatingPoints.map((point) => labelOf(point, 'operating', operatingLabel(point))),
    ...data.fullNetworks.map((point) => labelOf(point, 'full', point.label)),
    ...exits.map((exit) => {
      const figure = exit.below && exit.label.length > 0 ? [`${exit.accuracy_percent.toFixed(1)} %`] : [];
      return labelOf(exit, 'exit', [...exit.label, ...figure], { x: exit.x, y: exit.y });
    }),
  ];
  const bars = data.operatingPoints.flatMap((point): Box[] => {
    if (point.low_percent === null || point.high_percent === null) return [];
    const { x, y: bottom } = place(point.cost_percent, point.low_percent);
    const { y: top } = place(point.cost_percent, point.high_percent);
    return [{ left: x - 5, right: x + 5, top: top - 2, bottom: bottom + 2 }];
  });
  const placed = placeLabels(
    markers.filter((marker) => marker.lines.length > 0),
    { boxes: [...markers.map(markerBox), ...bars], lines: drawnLines(data, frame, at) },
    innerBox(frame),
  );
  return {
    texts: placed.flatMap(({ label: { lines, fontSize, colour }, x, y, overLine }) =>
      lines.map((text, index) => ({
        text,
        font_size: fontSize,
        colour,
        x,
        y: y + (index - (lines.length - 1) / 2) * LINE_HEIGHT * fontSize,
        over_line: overLine,
      })),
    ),
    leaders: placed.flatMap(({ label, leader }) =>
      leader === null ? [] : [{ ...leader, colour: label.colour }],
    ),
    clear: placed.filter(({ label, overLine }) => label.kind === 'operating' && !overLine).length,
  };
}

function markerBox({ x, y, radius }: Label): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

/** The fronts, and the levels of the full networks' accuracies. */
function drawnLines(
  data: FrontData,
  frame: Frame,
  at: (point: PicturePoint) => { x: number; y: number },
): Segment[] {
  const levels = data.fullNetworks.map((point) => ({
    x1: 0,
    y1: at(point).y,
    x2: frame.width,
    y2: at(point).y,
  }));
  const fronts = distinct(data.fronts.map((point) => point.line)).flatMap((line) => {
    const points = data.fronts.filter((point) => point.line === line);
    const sorted = points.map(at).sort((a, b) => a.x - b.x);
    return sorted.slice(1).map((end, index) => {
      const start = sorted[index]!;
      return { x1: start.x, y1: start.y, x2: end.x, y2: end.y };
    });
  });
  return [...levels, ...fronts];
}
