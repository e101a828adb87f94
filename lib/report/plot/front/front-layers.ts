import type { CostAxis } from '../../cost-axis.js';
import { ownColour as color, column, dashed, pixels } from '../channels.js';
import type { Look } from '../look.js';
import { colourOf } from './front-colours.js';
import type { FrontData } from './front-data.js';
import type { Frame } from './front-frame.js';
import { MARKERS } from './front-key.js';
import type { DrawnExit } from './front-labels.js';
import type { PicturePoint } from './front-points.js';

/** Fronts of up to this many points in all have each point marked: what is measured is told from what is joined. */
const MARKED_POINTS = 120;

/** The measured things, from back to front. All layers share the scales; two of them draw the axes. */
export function frontLayers(data: FrontData, frame: Frame, exits: readonly DrawnExit[], look: Look) {
  const { scale } = look;
  const colour = colourOf(data);
  const values = <P extends PicturePoint>(points: readonly P[]) => ({
    values: points.map((point) => ({ ...point, colour: colour(point) })),
  });
  const { x, bottom, top, y } = positions(frame, data.axis, look);
  const barred = data.operatingPoints.filter(
    (point) => point.low_percent !== null && point.high_percent !== null,
  );
  return [
    {
      name: 'full network level',
      data: values(data.fullNetworks),
      mark: { type: 'rule' as const, strokeWidth: 0.8, opacity: 0.8 },
      encoding: { y, color, x: { value: 0 }, x2: { value: 'width' as const } },
    },
    {
      name: 'fronts',
      data: values(data.fronts),
      mark: { type: 'line' as const, strokeWidth: 2 * scale, clip: true },
      encoding: {
        x: bottom,
        y,
        color,
        strokeDash: dashed(data.methods),
        detail: { field: 'line' },
        order: column('cost_percent'),
      },
    },
    {
      name: 'front points',
      data: values(data.fronts.length <= MARKED_POINTS ? data.fronts : []),
      mark: { type: 'point' as const, filled: true, size: 14 * scale, opacity: 1, clip: true },
      encoding: { x: top, y, color },
    },
    {
      name: 'single exits',
      data: values(exits.filter((exit) => !exit.below)),
      mark: {
        type: 'point' as const,
        shape: MARKERS.exit,
        size: 50 * scale,
        strokeWidth: 1.6 * scale,
        fill: 'white',
        opacity: 1,
      },
      encoding: { x, y, color },
    },
    {
      name: 'single exits below',
      data: values(exits.filter((exit) => exit.below)),
      mark: { type: 'point' as const, shape: MARKERS.below, filled: true, size: 60 * scale, opacity: 1 },
      encoding: { x, y: pixels('y'), color },
    },
    {
      name: 'full networks',
      data: values(data.fullNetworks),
      mark: { type: 'point' as const, shape: MARKERS.full, filled: true, size: 90 * scale, opacity: 1 },
      encoding: { x, y, color },
    },
    {
      name: 'intervals of the drop',
      data: values(barred),
      mark: { type: 'rule' as const, strokeWidth: 1.5 * scale },
      encoding: { x, y: { ...y, field: 'low_percent' }, y2: { field: 'high_percent' }, color },
    },
    ...['low_percent', 'high_percent'].map((end) => ({
      name: `intervals of the drop: ${end}`,
      data: values(barred),
      mark: {
        type: 'tick' as const,
        orient: 'horizontal' as const,
        size: 9 * scale,
        thickness: 1.5 * scale,
        opacity: 1,
      },
      encoding: { x, y: { ...y, field: end }, color },
    })),
    {
      name: 'operating points',
      data: values(data.operatingPoints),
      mark: {
        type: 'point' as const,
        shape: MARKERS.operating,
        size: 120 * scale,
        stroke: 'white',
        strokeWidth: 0.8,
        opacity: 1,
      },
      encoding: { x, y, fill: color },
    },
  ];
}

function positions(frame: Frame, axis: CostAxis, { titled, text }: Look) {
  // A number a tick, with room for half of it on either side.
  const tickCount = Math.min(10, Math.floor(frame.width / (4 * text.label)));
  const scale = (domain: readonly [number, number]) => ({ domain: [...domain], nice: false, zero: false });
  const cost = { ...column('cost_percent'), scale: scale(frame.cost) };
  return {
    x: { ...cost, axis: null },
    bottom: {
      ...cost,
      axis: { title: axis.title, tickCount },
    },
    top: {
      ...cost,
      // A column of a paper has one axis for what two would say.
      axis: titled
        ? {
            title: axis.savedTitle,
            orient: 'top' as const,
            tickCount,
            grid: false,
            labelExpr: "format(100 - datum.value, 'd')",
          }
        : null,
    },
    y: { ...column('accuracy_percent'), scale: scale(frame.accuracy), axis: { title: 'Accuracy (%)' } },
  };
}
