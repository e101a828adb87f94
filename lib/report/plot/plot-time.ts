import type { TopLevelSpec } from 'vega-lite';
import { counted } from '../../counted.js';
import { largest } from '../../stats/largest.js';
import { smallest } from '../../stats/smallest.js';
import { atOnce } from '../describe/describe-promise.js';
import type { TimeReportRow } from '../rows-read.js';
import { color, shape } from './channels.js';
import { colourList, NEUTRAL } from './colours.js';
import { topLegend } from './legend.js';
import { type Look, SCREEN } from './look.js';
import { distinct, listed, shortNames } from './naming.js';
import { panelTitle, pictureFrame, roomFor } from './picture-style.js';
import { lined, rowLabels } from './row-labels.js';

/** A bar that reaches deeper is cut at the edge: one slow round must not squash the picture. */
const DEEPEST_BAR = -20;

/** Percent between two places where the axis may begin and end. */
const STEP = 5;

const [TIME_COLOUR, MACS_COLOUR] = colourList(2) as [string, string];

/** What is drawn of a row. */
const QUANTITIES = {
  measured: { name: 'time, measured (bar: 95 % of the rounds)', colour: TIME_COLOUR, sign: 'circle' },
  predicted: { name: 'time, predicted', colour: TIME_COLOUR, sign: 'cross' },
  macs: { name: 'MACs', colour: MACS_COLOUR, sign: 'diamond' },
} as const;

/**
 * The picture of `time.csv`: wall time saved, with the interval of the rounds, beside the MACs saved and the time that was predicted. A row is a
 * number of images at once of one cascade; of several it is a cascade, with a panel for each number of images at once.
 */
export function timeSpecification(rows: readonly TimeReportRow[], look: Look = SCREEN): TopLevelSpec {
  const cascades = distinct(rows.map((row) => row.cascade));
  const short = shortNames(cascades);
  const isOne = cascades.length === 1;
  const rowName = (row: TimeReportRow): string =>
    [isOne ? atOnce(row.batch_size) : short(row.cascade), millisecondWords(row)].filter(Boolean).join('\n');
  const labels = rowLabels(rows.map(rowName), look);
  const sizes = distinct(rows.map((row) => row.batch_size)).sort((a, b) => a - b);
  const panels = isOne ? [undefined] : sizes;
  const domain = range(rows);
  const used = [
    QUANTITIES.measured,
    ...(rows.some((row) => row.predicted_time_saved_percent !== null) ? [QUANTITIES.predicted] : []),
    QUANTITIES.macs,
  ];
  const x = (field: string) => ({
    field,
    type: 'quantitative' as const,
    title: 'Saved (% of the full network)',
    scale: { domain: [...domain], nice: false, clamp: true },
    axis: { tickCount: 6 },
  });
  const width = roomFor(look, panels.length, panels.length * labels.width, 18);
  const { engine, threads } = rows[0]!;
  const datasets = distinct(rows.map(({ dataset }) => dataset));
  const legend = {
    ...topLegend(
      used.map(({ name }) => name),
      look,
    ),
    title: null,
  };
  return {
    ...pictureFrame(look, {
      title: `Time saved beside MACs saved on ${listed(datasets)}`,
      subtitle: `Percent of the full network's, the two in turns on ${engine}, ${counted(threads, 'thread')}. Beneath each name, milliseconds an image of the full network and of the cascade.`,
    }),
    spacing: 18,
    hconcat: panels.map((size) => {
      const own = rows.filter((row) => size === undefined || row.batch_size === size);
      const values = own.map((row) => ({ ...row, row: rowName(row) }));
      const names = values.map(({ row }) => row);
      const y = lined(names);
      const points = values.flatMap((row) =>
        used.map((quantity) => ({
          row: row.row,
          quantity: quantity.name,
          saved:
            quantity === QUANTITIES.measured
              ? row.time_saved_percent
              : quantity === QUANTITIES.macs
                ? row.macs_saved_percent
                : row.predicted_time_saved_percent,
        })),
      );
      const named = used.map(({ name }) => name);
      return {
        ...(size !== undefined && { title: panelTitle(atOnce(size), look) }),
        width,
        height: Math.round(values.length * (labels.lines + 1.1) * 1.3 * look.text.label),
        layer: [
          ...labels.layers(names, y),
          {
            data: { values: domain[0] < 0 && domain[1] > 0 ? [{ nothing: 0 }] : [] },
            mark: { type: 'rule' as const, color: NEUTRAL, strokeWidth: 1 },
            encoding: { x: x('nothing') },
          },
          {
            data: { values },
            mark: { type: 'rule' as const, color: TIME_COLOUR, strokeWidth: 1.5 * look.scale, clip: true },
            encoding: { x: x('time_saved_low_percent'), x2: { field: 'time_saved_high_percent' }, y },
          },
          {
            data: { values: points },
            mark: { type: 'point' as const, filled: true, size: 70 * look.scale, opacity: 1 },
            encoding: {
              x: x('saved'),
              y,
              color: color(
                'quantity',
                named,
                used.map(({ colour }) => colour),
                legend,
              ),
              shape: shape(
                'quantity',
                named,
                used.map(({ sign }) => sign),
                legend,
              ),
            },
          },
        ],
      };
    }),
  };
}

function millisecondWords({
  full_milliseconds_per_image: full,
  milliseconds_per_image: own,
}: TimeReportRow): string {
  return full === null || own === null ? '' : `${full.toFixed(2)} → ${own.toFixed(2)} ms`;
}

/** What is saved, with a little room, and no time saved where that is not far. */
function range(rows: readonly TimeReportRow[]): readonly [number, number] {
  const values = rows.flatMap((row) => [
    ...[row.macs_saved_percent, row.time_saved_percent, row.time_saved_high_percent],
    row.predicted_time_saved_percent ?? row.time_saved_percent,
  ]);
  const points = rows.flatMap((row) => [row.macs_saved_percent, row.time_saved_percent]);
  const deepest = smallest(rows.map((row) => row.time_saved_low_percent));
  const lowest = smallest(points, Math.max(Math.min(DEEPEST_BAR, smallest(points)), deepest));
  const down = STEP * Math.floor((lowest - 1) / STEP);
  return [
    down > 0 && down <= 2 * STEP ? 0 : down,
    Math.min(100, STEP * Math.ceil((largest(values) + 1) / STEP)),
  ];
}
