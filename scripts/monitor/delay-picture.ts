import type { TopLevelSpec } from 'vega-lite';
import { grouped } from '../../lib/counted.js';
import { colourList } from '../../lib/report/plot/colours.js';
import { topLegend } from '../../lib/report/plot/legend.js';
import { SCREEN } from '../../lib/report/plot/look.js';
import { distinct } from '../../lib/report/plot/naming.js';
import { cascadePanels } from '../pictures/cascade-panels.js';
import { CORRUPTIONS } from './corruptions.js';

/** How late an alarm is raised on a stream that turns. */
export type DelayRow = {
  readonly cascade: string;
  readonly dataset: string;
  readonly corruption: string;
  /** Null where it grows. */
  readonly strength: number | null;
  readonly runs: number;
  readonly share_percent: number;
  /** Images before the turn. */
  readonly images_before: number;
  /** Disagreement on the images after it; null where it grows. */
  readonly disagreement_percent: number | null;
  /** Alarms before the turn. */
  readonly early_alarms_percent: number;
  readonly missed_percent: number;
  /** Images between turn and alarm. */
  readonly delay_median_images: number | null;
  readonly delay_low_images: number | null;
  readonly delay_high_images: number | null;
};

/** Images from the turn of a stream to the alarm, against how often cascade and full network disagree after it. */
export function delayPicture(rows: readonly DelayRow[]): TopLevelSpec {
  const shown = rows.filter(({ strength, delay_high_images: high }) => strength !== null && high !== null);
  const values = shown.map((row) => ({
    ...row,
    turns: row.images_before === 0 ? 'at the start' : `after ${grouped(row.images_before)} good images`,
  }));
  const turns = distinct(values.map((row) => row.turns));
  const { runs, share_percent: share } = shown[0]!;
  const x = {
    field: 'disagreement_percent',
    type: 'quantitative' as const,
    title: 'Images on which cascade and full network disagree (%)',
    scale: { zero: false },
  };
  const scale = { type: 'log' as const, nice: true };
  const y = {
    field: 'delay_median_images',
    type: 'quantitative' as const,
    title: 'Images until the alarm',
    scale,
    axis: { format: ',' },
  };
  const color = {
    field: 'corruption',
    type: 'nominal' as const,
    title: null,
    sort: [...CORRUPTIONS],
    scale: { range: colourList(CORRUPTIONS.length) },
    legend: topLegend(CORRUPTIONS, SCREEN),
  };
  const shape = {
    field: 'turns',
    type: 'nominal' as const,
    title: 'turns',
    legend: topLegend(turns, SCREEN),
  };
  return cascadePanels({
    title: 'How soon the monitor sees that images have gone bad',
    subtitle: `Median and 5 to 95 % of ${grouped(runs)} streams, ${share} % of whose images are checked; with ten times as many the delay is a tenth. No labels; false alarms at most 5 %. Changes that fewer than 95 % of them notice are left out.`,
    values,
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 1.5 },
        encoding: {
          x,
          y: { ...y, field: 'delay_low_images' },
          y2: { field: 'delay_high_images' },
          color,
        },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: { x, y, color, shape },
      },
    ],
  });
}
