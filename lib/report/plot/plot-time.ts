import type { TopLevelSpec } from 'vega-lite';
import { largest } from '../../stats/largest.js';
import { smallest } from '../../stats/smallest.js';
import { counted } from '../numbers.js';
import type { TimeReportRow } from '../rows-read.js';
import { colourList, NEUTRAL } from './front-style.js';
import { SUBTITLE_SIZE } from './front-title.js';
import { distinct } from './naming.js';
import { PICTURE_STYLE } from './picture-style.js';
import { wrapText } from './text-width.js';

const SIZE = 440;

/** A bar that reaches deeper is cut at the lower edge: one slow round must not squash the picture. */
const DEEPEST_BAR = -20;

/** Percent between two numbers of the axis. */
const TICK = 5;

/**
 * The picture of `time.csv`: wall time saved against MACs saved, a point for each cascade and number of images at once, with the
 * interval of the rounds; on the diagonal a saved MAC would be saved time.
 */
export function timeSpecification(rows: readonly TimeReportRow[]): TopLevelSpec {
  const values = rows.map((row) => ({
    ...row,
    at_once: row.batch_size === 1 ? 'one image' : counted(row.batch_size, 'image'),
  }));
  const ends = rows.flatMap((row) => [row.macs_saved_percent, row.time_saved_percent]);
  const highest = largest(ends) + 5;
  const leftmost = smallest(
    rows.map((row) => row.macs_saved_percent),
    0,
  );
  const deepest = smallest(rows.map((row) => row.time_saved_low_percent));
  const lowest = smallest(ends, Math.min(0, Math.max(DEEPEST_BAR, TICK * Math.floor(deepest / TICK))));
  const across = { domain: [leftmost, highest], nice: false, clamp: true };
  const scale = { domain: [lowest, highest], nice: false, clamp: true };
  const cascades = distinct(values.map(({ cascade }) => cascade));
  const x = {
    field: 'macs_saved_percent',
    type: 'quantitative' as const,
    title: 'MACs saved, % of the full network (heads charged)',
    scale: across,
  };
  const y = {
    field: 'time_saved_percent',
    type: 'quantitative' as const,
    title: 'wall time saved, % of the full network',
    scale,
  };
  const color = {
    field: 'cascade',
    type: 'nominal' as const,
    title: null,
    sort: cascades,
    scale: { range: colourList(cascades.length) },
    legend: { orient: 'right' as const },
  };
  const { engine, threads, dataset } = rows[0]!;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `Wall time saved against MACs saved on ${dataset}.`,
    background: 'white',
    padding: 16,
    width: SIZE,
    height: SIZE,
    title: {
      text: `Saved MACs are not saved time (${dataset})`,
      subtitle: wrapText(
        `Cascade and full network in turns, ${engine}, ${threads} threads. Bars: 95 % of the rounds. Dashed: time saved as MACs are.`,
        SUBTITLE_SIZE,
        SIZE + 120,
      ),
      anchor: 'start',
      offset: 14,
    },
    layer: [
      {
        data: { values: [{ end: leftmost }, { end: highest }] },
        mark: { type: 'line', color: NEUTRAL, strokeDash: [4, 3], strokeWidth: 1 },
        encoding: {
          x: { field: 'end', type: 'quantitative', scale: across },
          y: { field: 'end', type: 'quantitative', scale },
        },
      },
      {
        data: { values },
        mark: { type: 'rule', strokeWidth: 1.5, clip: true },
        encoding: {
          x,
          y: { ...y, field: 'time_saved_low_percent' },
          y2: { field: 'time_saved_high_percent' },
          color,
        },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 80, opacity: 1 },
        encoding: {
          x,
          y,
          color,
          shape: {
            field: 'at_once',
            type: 'nominal',
            title: 'computed at once',
            scale: { range: ['circle', 'square', 'triangle-up', 'diamond'] },
            legend: { orient: 'right' },
          },
        },
      },
    ],
    config: PICTURE_STYLE,
  };
}
