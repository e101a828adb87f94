import type { TopLevelSpec } from 'vega-lite';
import { latencySpecification } from './plot/exits/plot-latency.js';
import { reliabilitySpecification } from './plot/exits/plot-reliability.js';
import { sharesSpecification } from './plot/exits/plot-shares.js';
import { type FrontOptions, frontSpecification } from './plot/front/plot-front.js';
import { comparisonSpecification } from './plot/plot-comparison.js';
import { timeSpecification } from './plot/plot-time.js';
import { probeSpecification } from './plot/probe/plot-probe.js';
import type { Report } from './rows-read.js';

/** A picture that can be drawn. */
export interface Picture {
  /** Name of its file, without extension. */
  readonly name: 'front' | 'front-time' | 'shares' | 'reliability' | 'latency' | 'compare' | 'time' | 'probe';
  /** @throws CascadeError if the rows do not make it. */
  draw(): TopLevelSpec;
}

/** The pictures that CSV files make, drawn when asked for; of files without rows the front, which says what is missing. */
export function picturesOf(report: Report, options: FrontOptions = {}): readonly Picture[] {
  const { front, exits, comparison, time, probe, shares, reliability, latency } = report;
  const { look } = options;
  const kinds: readonly (Picture & { readonly rows: readonly unknown[] })[] = [
    {
      name: options.x === 'time' ? 'front-time' : 'front',
      rows: [...front, ...exits, ...report.eval],
      draw: () => frontSpecification(report, options),
    },
    { name: 'compare', rows: comparison, draw: () => comparisonSpecification(comparison, look) },
    { name: 'shares', rows: shares, draw: () => sharesSpecification(shares, look) },
    { name: 'reliability', rows: reliability, draw: () => reliabilitySpecification(reliability, look) },
    { name: 'time', rows: time, draw: () => timeSpecification(time, look) },
    { name: 'latency', rows: latency, draw: () => latencySpecification(latency, look) },
    { name: 'probe', rows: probe, draw: () => probeSpecification(probe, look) },
  ];
  const made = kinds.filter(({ rows }) => rows.length > 0);
  return made.length === 0 ? kinds.slice(0, 1) : made;
}
