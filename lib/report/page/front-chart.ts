import type { TopLevelSpec } from 'vega-lite';
import { FULL_NETWORK } from '../../artifact/exit-names.js';
import type { Explanation } from '../../cascade/explain/explain-cascade.js';
import { largest } from '../../stats/largest.js';
import { percent } from '../../stats/percent.js';
import { smallest } from '../../stats/smallest.js';
import { pixels } from '../plot/channels.js';
import type { Box, Segment } from '../plot/geometry.js';
import { distinct } from '../plot/naming.js';
import { type Label, type PlacedLabel, placeLabels } from '../plot/place-labels.js';
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
  const labelled = isMany ? chosen : [...chosen, ...others.toReversed()];
  const labels = labelPlaces({ chosen, others, line }, labelled, plot);
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
        data: { values: labels.flatMap(({ leader }) => leader ?? []) },
        mark: { type: 'rule', strokeWidth: 1, opacity: 0.5 },
        encoding: { x: pixels('x1'), y: pixels('y1'), x2: pixels('x2'), y2: pixels('y2') },
      },
      {
        data: { values: labels.map(({ label, x, y }) => ({ name: label.lines[0]!, x, y })) },
        mark: { type: 'text', align: 'center', baseline: 'middle' },
        encoding: { x: pixels('x'), y: pixels('y'), text: { field: 'name', type: 'nominal' } },
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

const LABEL_SIZE = 12;

/** Half the sides of drawn points, in pixels. */
const REACH = { chosen: 9, other: 5 } as const;

/** Places of labels clear of points, lines and one another; one that finds none is left out. */
function labelPlaces(
  { chosen, others, line }: Readonly<Record<'chosen' | 'others' | 'line', readonly Point[]>>,
  labelled: readonly Point[],
  { x, y, width, height }: FrontPlot,
): readonly PlacedLabel<Label>[] {
  const placed = (point: Point) => {
    const [across, down] = [(point.macs - x[0]) / (x[1] - x[0]), (point.accuracy - y[0]) / (y[1] - y[0])];
    const radius = chosen.includes(point) ? REACH.chosen : REACH.other;
    return { x: across * width, y: (1 - down) * height, radius };
  };
  const boxes = [...chosen, ...others].map(placed).map(
    ({ x: across, y: down, radius }): Box => ({
      ...{ left: across - radius, right: across + radius },
      ...{ top: down - radius, bottom: down + radius },
    }),
  );
  const lines = distinct(line.map(({ series }) => series)).flatMap((name) => {
    const points = line.filter(({ series }) => series === name).map(placed);
    const sorted = points.toSorted((a, b) => a.x - b.x);
    return sorted.slice(1).map((end, index): Segment => {
      const start = sorted[index]!;
      return { x1: start.x, y1: start.y, x2: end.x, y2: end.y };
    });
  });
  const labels = labelled.map((point) => ({ ...placed(point), lines: [point.name], fontSize: LABEL_SIZE }));
  const bounds: Box = { left: 0, top: 0, right: width, bottom: height };
  return placeLabels(labels, { boxes, lines }, bounds).filter(({ overLine }) => !overLine);
}
