import type { TopLevelSpec } from 'vega-lite';
import { FULL_NETWORK } from '../../artifact/exit-names.js';
import type { Explanation } from '../../cascade/explain/explain-cascade.js';
import { largest } from '../../stats/largest.js';
import { percent } from '../../stats/percent.js';
import { smallest } from '../../stats/smallest.js';
import { pixels } from '../plot/channels.js';
import { type Box, boxContains, boxesOverlap } from '../plot/geometry.js';
import { textWidth } from '../plot/text-width.js';
import { chartFrame, INK, pageColour } from './chart-style.js';

/** Where the plot stands in its picture, and the values at its edges: a page's script puts a mark there. */
export interface FrontPlot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Millions of MACs an image. */
  readonly x: readonly [number, number];
  /** Percent. */
  readonly y: readonly [number, number];
}

const PLACE = { left: 62, top: 12, width: 440, height: 300 } as const;
const BOTTOM = 48;
const RIGHT = 18;

const MILLION = 1e6;

interface Point {
  readonly series: string;
  readonly colour: string;
  readonly name: string;
  readonly macs: number;
  readonly accuracy: number;
}

/**
 * Accuracy on the test images over MACs: the certified points of every cascade as a line, its chosen point, single exits and full network.
 *
 * @param names of the cascades, in their order.
 * @param first number of the first one's colour, so that a cascade has the same in every chart of a page.
 */
export function frontChart(
  explanations: readonly Explanation[],
  names: readonly string[],
  first = 0,
): { readonly specification: TopLevelSpec; readonly plot: FrontPlot } {
  const isMany = explanations.length > 1;
  const each = explanations.map((explanation, index) =>
    pointsOf(explanation, names[index]!, isMany ? names[index]! : 'chosen', pageColour(first + index)),
  );
  const line = each.flatMap((points) => points.line);
  const chosen = each.flatMap((points) => points.chosen);
  const others = each.flatMap((points) => points.others);
  const all = [...line, ...chosen, ...others];
  const plot = {
    ...PLACE,
    x: [0, 1.05 * largest(all.map(({ macs }) => macs))] as const,
    y: range(all.map(({ accuracy }) => accuracy)),
  };
  const x = {
    field: 'macs',
    type: 'quantitative' as const,
    title: 'million MACs an image, heads included',
    scale: { domain: [...plot.x], nice: false },
    axis: { tickCount: 6 },
  };
  const y = {
    field: 'accuracy',
    type: 'quantitative' as const,
    title: 'right, % of the test images',
    scale: { domain: [...plot.y], nice: false },
    axis: { tickCount: 6 },
  };
  const color = { field: 'colour', type: 'nominal' as const, scale: null };
  const detail = { field: 'series', type: 'nominal' as const };
  const specification: TopLevelSpec = {
    ...chartFrame(`Accuracy on test images over MACs of ${names.join(', ')}.`),
    autosize: 'none',
    width: PLACE.width,
    height: PLACE.height,
    padding: { left: PLACE.left, right: RIGHT, top: PLACE.top, bottom: BOTTOM },
    layer: [
      {
        data: { values: line },
        mark: { type: 'line', strokeWidth: 2, interpolate: 'linear', clip: true },
        encoding: { x, y, color, detail, order: { field: 'macs', type: 'quantitative' } },
      },
      {
        data: { values: others },
        mark: { type: 'point', filled: false, size: 50, strokeWidth: 1.5 },
        encoding: { x, y, color },
      },
      {
        data: { values: chosen },
        mark: {
          type: 'point',
          filled: true,
          shape: 'diamond',
          size: 170,
          opacity: 1,
          stroke: INK,
          strokeWidth: 1,
        },
        encoding: { x, y, fill: color },
      },
      {
        data: { values: labelPlaces(isMany ? chosen : [...chosen, ...others.toReversed()], others, plot) },
        mark: { type: 'text', align: 'left', baseline: 'middle' },
        encoding: { x: pixels('left'), y: pixels('middle'), text: { field: 'name', type: 'nominal' } },
      },
    ],
  };
  return { specification, plot };
}

function pointsOf(
  { evaluation, full, steps, singleExits, manifest }: Explanation,
  series: string,
  title: string,
  colour: string,
) {
  const pointOf = (name: string, macs: number, accuracy: number): Point => ({
    ...{ series, colour, name, accuracy },
    macs: macs / MILLION,
  });
  const line = steps.map(({ test }) => pointOf(series, test.macs_per_image, test.accuracy_percent));
  const exits = manifest.exits.map((exit, index) =>
    pointOf(
      `all at ${exit.name}`,
      exit.backbone_macs + exit.head_macs,
      percent(singleExits[index]! / evaluation.images),
    ),
  );
  const whole = pointOf(FULL_NETWORK, full.full_macs, full.full_accuracy_percent);
  return {
    line,
    chosen: [pointOf(title, evaluation.macs_per_image, evaluation.accuracy_percent)],
    others: [...exits, whole],
  };
}

/** The values with some room, but no more than everything. */
function range(values: readonly number[]): readonly [number, number] {
  const low = smallest(values);
  const high = largest(values);
  const room = Math.max(0.5, 0.08 * (high - low));
  return [Math.max(0, low - room), Math.min(100, high + room)];
}

/** Beside a point: below it or above it, to its right or its left, in the order in which the places are tried. */
const SIDES = [
  { align: 'left', lower: 1 },
  { align: 'left', lower: -1 },
  { align: 'right', lower: 1 },
  { align: 'right', lower: -1 },
] as const;

const LABEL_SIZE = 12;
const LABEL_GAP = 9;

/** Half the side of a drawn point, in pixels. */
const POINT_REACH = 5;

/**
 * Places of labels, of which no two cover one another or a point, nor reach beyond the plot: one that fits nowhere is left out.
 *
 * @param drawn points to keep clear.
 */
function labelPlaces(points: readonly Point[], drawn: readonly Point[], { x, y, width, height }: FrontPlot) {
  const frame: Box = { left: 0, top: 0, right: width, bottom: height };
  const place = ({ macs, accuracy }: Point): readonly [across: number, down: number] => [
    ((macs - x[0]) / (x[1] - x[0])) * width,
    (1 - (accuracy - y[0]) / (y[1] - y[0])) * height,
  ];
  const taken = drawn.map((point): Box => {
    const [across, down] = place(point);
    return {
      ...{ left: across - POINT_REACH, right: across + POINT_REACH },
      ...{ top: down - POINT_REACH, bottom: down + POINT_REACH },
    };
  });
  return points.flatMap((point) => {
    const [across, down] = place(point);
    const length = textWidth(point.name, LABEL_SIZE);
    for (const { align, lower } of SIDES) {
      const left = align === 'left' ? across + LABEL_GAP : across - LABEL_GAP - length;
      const middle = down + lower * LABEL_SIZE;
      const [top, bottom] = [middle - LABEL_SIZE / 2, middle + LABEL_SIZE / 2];
      const box = { left, top, right: left + length, bottom };
      if (!boxContains(frame, box) || taken.some((other) => boxesOverlap(other, box))) continue;
      taken.push(box);
      return [{ name: point.name, left, middle }];
    }
    return [];
  });
}
