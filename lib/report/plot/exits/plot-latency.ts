import type { TopLevelSpec } from 'vega-lite';
import { counted } from '../../../counted.js';
import type { LatencyReportRow } from '../../rows-read.js';
import { color, shape } from '../channels.js';
import { colourList } from '../colours.js';
import { topLegend } from '../legend.js';
import { type Look, SCREEN } from '../look.js';
import { distinct, listed, shortNames } from '../naming.js';
import { panelTitle, pictureFrame, roomFor } from '../picture-style.js';
import { lined, rowLabels } from '../row-labels.js';

/** Which share of the images stayed below a time. */
const QUANTILES = [
  { name: 'half of the images stay below', column: 'p50_milliseconds', sign: 'circle' },
  { name: '95 %', column: 'p95_milliseconds', sign: 'square' },
  { name: '99 %', column: 'p99_milliseconds', sign: 'triangle-up' },
] as const;

/** The picture of `latency.csv`: wall time of single images by where they left, a panel a cascade. */
export function latencySpecification(rows: readonly LatencyReportRow[], look: Look = SCREEN): TopLevelSpec {
  const cascades = distinct(rows.map(({ cascade }) => cascade));
  const short = shortNames(cascades);
  const nameOf = (row: LatencyReportRow): string => `${row.left_at}\n${counted(row.timings, 'timing')}`;
  const labels = rowLabels(rows.map(nameOf), look);
  const { engine, threads } = rows[0]!;
  const datasets = distinct(rows.map(({ dataset }) => dataset));
  const quantiles = QUANTILES.map(({ name }) => name);
  const [own] = colourList(1) as [string];
  const legend = { ...topLegend(quantiles, look), title: null };
  const x = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { domainMin: 0, nice: true },
    title: 'Milliseconds per image',
    axis: { tickCount: 6 },
  });
  return {
    ...pictureFrame(look, {
      title: `Latency of single images by where they leave, ${listed(datasets)}`,
      subtitle: `Wall time on ${engine}, ${counted(threads, 'thread')}, one image at a time.`,
    }),
    spacing: 14,
    resolve: { scale: { x: 'shared' } },
    vconcat: cascades.map((cascade) => {
      const values = rows
        .filter((row) => row.cascade === cascade)
        .map((row) => ({ ...row, row: nameOf(row) }));
      const names = values.map(({ row }) => row);
      const y = lined(names);
      const points = values.flatMap((row) =>
        QUANTILES.map(({ name, column }) => ({ row: row.row, quantile: name, milliseconds: row[column] })),
      );
      return {
        ...(cascades.length > 1 && { title: panelTitle(short(cascade), look) }),
        width: roomFor(look, 1, labels.width, 0) - 8,
        height: Math.round(values.length * 3.1 * look.text.label),
        layer: [
          ...labels.layers(names, y),
          {
            data: { values },
            mark: { type: 'rule' as const, color: own, strokeWidth: 1.5 * look.scale },
            encoding: { x: x('p50_milliseconds'), x2: { field: 'p99_milliseconds' }, y },
          },
          {
            data: { values: points },
            mark: { type: 'point' as const, filled: true, opacity: 1, size: 60 * look.scale },
            encoding: {
              x: x('milliseconds'),
              y,
              color: color('quantile', quantiles, [own, '#6aa9d8', '#b5d3ea'], legend),
              shape: shape(
                'quantile',
                quantiles,
                QUANTILES.map(({ sign }) => sign),
                legend,
              ),
            },
          },
        ],
      };
    }),
  };
}
