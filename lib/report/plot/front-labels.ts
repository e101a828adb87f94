import type { FrontData } from './front-data.js';
import type { Frame } from './front-frame.js';
import { PLOT, PLOT_BOX, toPixels } from './front-frame.js';
import type { PicturePoint } from './front-points.js';
import { colourOf, inkOf, NEUTRAL } from './front-style.js';
import type { Box, Segment } from './geometry.js';
import { distinct } from './naming.js';
import type { Label } from './place-labels.js';
import { LINE_HEIGHT, placeLabels } from './place-labels.js';

/** Half the size of each marker, and the size of its text, in pixels. */
const STYLE = {
  operating: { radius: 7, fontSize: 12 },
  full: { radius: 6, fontSize: 11.5 },
  exit: { radius: 4.5, fontSize: 11 },
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

/** Puts exits too inaccurate for the picture at its lower edge. */
export function drawnExits(data: FrontData, frame: Frame): DrawnExit[] {
  const place = toPixels(frame);
  return data.exits.map((exit) => {
    const { x, y } = place(exit.cost_percent, exit.accuracy_percent);
    if (exit.accuracy_percent >= frame.accuracy[0]) return { ...exit, below: false, x, y };
    return { ...exit, below: true, x, y: PLOT.height - EDGE };
  });
}

/** Places all texts of the picture: operating points choose first, then the full network, then the exits. */
export function frontLabels(
  data: FrontData,
  exits: readonly DrawnExit[],
  frame: Frame,
): { texts: PlacedText[]; leaders: Leader[] } {
  const place = toPixels(frame);
  const at = (point: PicturePoint) => place(point.cost_percent, point.accuracy_percent);
  const colour = colourOf(data);
  const labelOf = (point: PicturePoint, kind: keyof typeof STYLE, spot = at(point)) => ({
    ...STYLE[kind],
    ...spot,
    lines: point.label === '' ? [] : [point.label],
    colour: kind === 'full' && data.runs.length === 1 ? NEUTRAL : inkOf(colour(point)),
  });
  const markers = [
    ...data.operatingPoints.map((point) => labelOf(point, 'operating')),
    ...data.fullNetworks.map((point) => labelOf(point, 'full')),
    ...exits.map((exit) => {
      const label = labelOf(exit, 'exit', { x: exit.x, y: exit.y });
      const figure = exit.below && exit.label !== '' ? [`${exit.accuracy_percent.toFixed(1)} %`] : [];
      return { ...label, lines: [...label.lines, ...figure] };
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
    { boxes: [...markers.map(markerBox), ...bars], lines: drawnLines(data, at) },
    PLOT_BOX,
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
  };
}

function markerBox({ x, y, radius }: Label): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

/** The fronts, and the levels of the full networks' accuracies. */
function drawnLines(data: FrontData, at: (point: PicturePoint) => { x: number; y: number }): Segment[] {
  const levels = data.fullNetworks.map((point) => ({
    x1: 0,
    y1: at(point).y,
    x2: PLOT.width,
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
