import type { TopLevelSpec } from 'vega-lite';
import type { Currency } from '../artifact/timings/prices.js';
import { comparisonSpecification } from './plot/plot-comparison.js';
import { frontSpecification } from './plot/plot-front.js';
import { timeSpecification } from './plot/plot-time.js';
import { probeSpecification } from './plot/probe/plot-probe.js';
import type { Report } from './rows-read.js';

/** A picture that can be drawn. */
export interface Picture {
  /** Name of its file, without extension. */
  readonly name: 'front' | 'front-time' | 'compare' | 'time' | 'probe';
  /** @throws CascadeError if the rows do not make it. */
  draw(): TopLevelSpec;
}

/**
 * The pictures that CSV files make, drawn when asked for; of files without rows the front, which says what is missing.
 *
 * @param x what the front is drawn against.
 */
export function picturesOf(report: Report, x: Currency = 'macs'): readonly Picture[] {
  const { front, exits, comparison, time, probe } = report;
  const pictures: Picture[] = [];
  if (comparison.length > 0)
    pictures.push({ name: 'compare', draw: () => comparisonSpecification(comparison) });
  if (time.length > 0) pictures.push({ name: 'time', draw: () => timeSpecification(time) });
  if (probe.length > 0) pictures.push({ name: 'probe', draw: () => probeSpecification(probe) });
  const hasFront = front.length + exits.length + report.eval.length > 0;
  if (hasFront || pictures.length === 0)
    pictures.unshift({
      name: x === 'macs' ? 'front' : 'front-time',
      draw: () => frontSpecification(report, x),
    });
  return pictures;
}
