import type { TopLevelSpec } from 'vega-lite';
import { largest } from '../../../stats/largest.js';
import { smallest } from '../../../stats/smallest.js';
import { grouped } from '../../numbers.js';
import type { ProbeReportRow } from '../../rows-read.js';
import { colourList, NEUTRAL } from '../front-style.js';
import { SUBTITLE_SIZE } from '../front-title.js';
import { distinct, naming } from '../naming.js';
import { PICTURE_STYLE } from '../picture-style.js';
import { wrapText } from '../text-width.js';

const SIZE = { width: 640, height: 400 } as const;

/** Percent between two numbers of the axis. */
const TICK = 10;

/**
 * The picture of `probe.csv`: what the probe after each block has right over the MACs of an image that leaves there, a line for each
 * backbone and kind of head; dashed the full network.
 */
export function probeSpecification(rows: readonly ProbeReportRow[]): TopLevelSpec {
  const backbone = naming(rows, (row) => row.backbone, [(row) => row.dataset]);
  const backbones = distinct(rows.map(backbone));
  const isProbe = (row: ProbeReportRow): boolean => row.head !== '';
  const series = (row: ProbeReportRow): string =>
    backbones.length > 1 ? `${backbone(row)}, ${row.head}` : row.head;
  const probes = rows.filter(isProbe).map((row) => ({ ...row, series: series(row) }));
  const names = distinct(probes.map((row) => row.series));
  const accuracies = rows.map((row) => row.accuracy_percent);
  const lowest = TICK * Math.floor(smallest(accuracies) / TICK);
  const dataset = distinct(rows.map((row) => row.dataset)).join(', ');
  const images = distinct(rows.map((row) => grouped(row.images))).join(' and ');
  const y = {
    field: 'accuracy_percent',
    type: 'quantitative' as const,
    title: 'right, % of the judged fitting images',
    scale: { domain: [lowest, 100], nice: false },
  };
  const x = {
    field: 'macs_percent',
    type: 'quantitative' as const,
    title: 'MACs of an image that leaves there, % of the full network (its head charged)',
    scale: { domain: [0, Math.max(100, largest(rows.map((row) => row.macs_percent)))], nice: false },
  };
  const color = {
    field: 'series',
    type: 'nominal' as const,
    title: 'probe',
    sort: names,
    scale: { range: colourList(names.length) },
    legend: { orient: 'right' as const },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `What probes after each block of ${backbones.join(', ')} have right on ${dataset}.`,
    background: 'white',
    padding: 16,
    ...SIZE,
    title: {
      text: `Probes after each block (${backbones.join(', ')}, ${dataset})`,
      subtitle: wrapText(
        `${images} fitting images that no probe was fitted on. Probes are weaker than fitted heads, and a network knows the images that it was trained on. Dashed: the full network.`,
        SUBTITLE_SIZE,
        SIZE.width,
      ),
      anchor: 'start',
      offset: 14,
    },
    layer: [
      {
        data: { values: rows.filter((row) => !isProbe(row)) },
        mark: { type: 'rule', color: NEUTRAL, strokeDash: [4, 3], strokeWidth: 1 },
        encoding: { y },
      },
      {
        data: { values: probes },
        mark: { type: 'line', strokeWidth: 2, point: { filled: true, size: 45 } },
        encoding: { x, y, color },
      },
    ],
    config: PICTURE_STYLE,
  };
}
