import type { TopLevelSpec } from 'vega-lite';
import { grouped } from '../../../counted.js';
import { largest } from '../../../stats/largest.js';
import { smallest } from '../../../stats/smallest.js';
import type { ProbeReportRow } from '../../rows-read.js';
import { colourList, NEUTRAL } from '../colours.js';
import { topLegend } from '../legend.js';
import { type Look, SCREEN } from '../look.js';
import { distinct, listed, naming, shortNames } from '../naming.js';
import { pictureFrame } from '../picture-style.js';

/** Height of the plot beside the picture's width. */
const ASPECT = 0.45;

/** Percent between two numbers of the axis. */
const TICK = 10;

/**
 * The picture of `probe.csv`: what the probe after each block has right over the MACs of an image that leaves there, a line for each
 * backbone and kind of head; dashed the full network.
 */
export function probeSpecification(rows: readonly ProbeReportRow[], look: Look = SCREEN): TopLevelSpec {
  const short = shortNames(distinct(rows.map((row) => row.backbone)));
  const backbone = naming(rows, (row) => short(row.backbone), [(row) => row.dataset]);
  const backbones = distinct(rows.map(backbone));
  const isProbe = (row: ProbeReportRow): boolean => row.head !== '';
  const series = (row: ProbeReportRow): string =>
    backbones.length > 1 ? `${backbone(row)}, ${row.head}` : row.head;
  const probes = rows.filter(isProbe).map((row) => ({ ...row, series: series(row) }));
  const names = distinct(probes.map((row) => row.series));
  const accuracies = rows.map((row) => row.accuracy_percent);
  const lowest = TICK * Math.floor(smallest(accuracies) / TICK);
  const datasets = distinct(rows.map((row) => row.dataset));
  const images = distinct(rows.map((row) => grouped(row.images)));
  const y = {
    field: 'accuracy_percent',
    type: 'quantitative' as const,
    title: 'Right (% of fitting images kept aside)',
    scale: { domain: [lowest, Math.min(100, largest(accuracies) + 1)], nice: false },
  };
  const x = {
    field: 'macs_percent',
    type: 'quantitative' as const,
    title: 'MACs of an image that leaves there (% of the full network)',
    scale: { domain: [0, Math.max(100, largest(rows.map((row) => row.macs_percent)))], nice: false },
  };
  const color = {
    field: 'series',
    type: 'nominal' as const,
    title: null,
    sort: names,
    scale: { range: colourList(names.length) },
    legend: names.length > 1 ? topLegend(names, look) : null,
  };
  return {
    ...pictureFrame(look, {
      title: `What probes after each block have right on ${listed(datasets)}`,
      subtitle: `${listed(images)} fitting images that no probe was fitted on. Probes are weaker than fitted heads, and a network knows the images that it was trained on. Dashed: the full network.`,
    }),
    width: look.width,
    height: Math.round(ASPECT * look.width),
    autosize: { type: 'fit-x', contains: 'padding' },
    layer: [
      {
        data: { values: rows.filter((row) => !isProbe(row)) },
        mark: { type: 'rule', color: NEUTRAL, strokeDash: [4, 3], strokeWidth: 1 },
        encoding: { y },
      },
      {
        data: { values: probes },
        mark: { type: 'line', strokeWidth: 2 * look.scale, point: { filled: true, size: 45 * look.scale } },
        encoding: { x, y, color },
      },
    ],
  };
}
