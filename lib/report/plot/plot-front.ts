import type { TopLevelSpec } from 'vega-lite';
import type { Currency } from '../../artifact/timings/prices.js';
import { CascadeError } from '../../errors.js';
import { COST_AXES } from '../cost-axis.js';
import type { Report } from '../rows-read.js';
import { frontAnnotations } from './front-annotations.js';
import { frontData } from './front-data.js';
import { frontFrame, PLOT } from './front-frame.js';
import { frontKey } from './front-key.js';
import { drawnExits, frontLabels } from './front-labels.js';
import { frontLayers } from './front-layers.js';
import { frontTitle, SUBTITLE_SIZE, TITLE_SIZE } from './front-title.js';
import { FONT_FAMILY } from './render.js';

const MARGIN = { left: 64, right: 40, top: 56 } as const;

/**
 * The picture of the front of accuracy against cost: held-out accuracy over MACs or time per image for every run and method,
 * with the chosen operating points and their intervals, the single exits and the full network. 900 by about
 * 560 pixels; taller where a long key or title needs rows of its own.
 *
 * @param x what accuracy is drawn against.
 * @throws CascadeError where the report holds nothing to draw.
 */
export function frontSpecification(report: Report, x: Currency = 'macs'): TopLevelSpec {
  const data = frontData(report, COST_AXES[x]);
  if (data.rows.length === 0) {
    const reasons = [
      x === 'macs'
        ? 'The files hold no rows to draw; give a front.csv, exits.csv or eval.csv.'
        : 'The files hold no rows with times; run `cascade measure`, then write front.csv, exits.csv and eval.csv again.',
      ...report.notes,
    ];
    throw new CascadeError(reasons.join(' '));
  }
  const frame = frontFrame(data);
  const exits = drawnExits(data, frame);
  const key = frontKey(data, exits);
  const title = frontTitle(data);
  const headingHeight = 22 * title.text.length + 17 * title.subtitle.length;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: [...title.text, ...title.subtitle].join(' '),
    width: PLOT.width,
    height: PLOT.height,
    // Sizes are fixed here: Vega's own fitting depends on which fonts it can measure with.
    autosize: 'none',
    padding: { left: MARGIN.left, right: MARGIN.right, top: MARGIN.top + headingHeight, bottom: key.height },
    background: 'white',
    title: { ...title, anchor: 'start', align: 'left', offset: 12 },
    layer: [
      ...frontLayers(data, frame, exits),
      ...frontAnnotations(data.methods, frontLabels(data, exits, frame), key.entries),
    ],
    resolve: { axis: { x: 'independent' } },
    config: {
      font: FONT_FAMILY,
      view: { stroke: '#999999' },
      title: {
        fontSize: TITLE_SIZE,
        subtitleFontSize: SUBTITLE_SIZE,
        subtitlePadding: 5,
        subtitleColor: '#444444',
      },
      axis: {
        labelFontSize: 11,
        titleFontSize: 12.5,
        titleFontWeight: 'normal',
        labelColor: '#333333',
        titleColor: '#222222',
        gridColor: '#e8e8e8',
        domainColor: '#999999',
        tickColor: '#999999',
        labelOverlap: false,
        labelFlush: false,
      },
    },
  };
}
