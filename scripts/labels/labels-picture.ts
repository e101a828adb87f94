import type { TopLevelSpec } from 'vega-lite';
import { grouped } from '../../lib/counted.js';
import { colourList } from '../../lib/report/plot/colours.js';
import { topLegend } from '../../lib/report/plot/legend.js';
import { SCREEN } from '../../lib/report/plot/look.js';
import { cascadePanels } from '../pictures/cascade-panels.js';

/** What labels buy a cascade under a drop. */
export interface LabelsRow {
  readonly cascade: string;
  readonly max_drop_points: number;
  /** Tested by them. */
  readonly images: number;
  readonly labels_given: number;
  readonly macs_saved_percent: number;
  /** As many labels of images drawn at random. */
  readonly macs_saved_by_random_labels_percent: number;
}

const KINDS = ['of the images that ask chooses', 'of images drawn at random'];

/** MACs that are certified to be saved against the labels that it takes, and by as many labels of any images. */
export function labelsPicture(rows: readonly LabelsRow[]): TopLevelSpec {
  const values = rows.flatMap((row) =>
    [row.macs_saved_percent, row.macs_saved_by_random_labels_percent].map((saved, kind) => ({
      cascade: row.cascade,
      labels: row.labels_given,
      saved,
      kind: KINDS[kind],
      drop: `${row.max_drop_points}`,
    })),
  );
  const x = {
    field: 'labels',
    type: 'quantitative' as const,
    title: 'Labels given',
    scale: { domainMin: 0, nice: true },
  };
  const y = {
    field: 'saved',
    type: 'quantitative' as const,
    title: 'MACs saved under the promise (%)',
    scale: { domain: [0, 100] },
  };
  const color = {
    field: 'kind',
    type: 'nominal' as const,
    title: 'labels',
    sort: KINDS,
    scale: { range: colourList(KINDS.length) },
    legend: topLegend(KINDS, SCREEN),
  };
  return cascadePanels({
    title: 'What labels buy',
    subtitle: `Until the answer is certain, of ${grouped(rows[0]!.images)} images; beside each point the largest drop in points that is promised with 95 % confidence. Means over 20 halvings.`,
    values,
    layer: [
      { mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color } },
      { mark: { type: 'point', filled: true, size: 60, opacity: 1 }, encoding: { x, y, color } },
      {
        transform: [{ filter: { field: 'kind', equal: KINDS[0]! } }],
        mark: { type: 'text', dy: -12 },
        encoding: { x, y, text: { field: 'drop' } },
      },
    ],
    resolve: { scale: { x: 'independent' } },
  });
}
