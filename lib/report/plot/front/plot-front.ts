import type { TopLevelSpec } from 'vega-lite';
import type { Currency } from '../../../artifact/timings/prices.js';
import { CascadeError } from '../../../errors.js';
import { COST_AXES } from '../../cost-axis.js';
import type { Report } from '../../rows-read.js';
import { type Look, SCREEN } from '../look.js';
import { pictureFrame } from '../picture-style.js';
import { frontAnnotations } from './front-annotations.js';
import { frontData } from './front-data.js';
import { frontFrame, marginsOf } from './front-frame.js';
import { frontKey } from './front-key.js';
import { drawnExits, frontLabels } from './front-labels.js';
import { frontLayers } from './front-layers.js';
import { frontTitle } from './front-title.js';

/** What the front is drawn against, and how. */
export interface FrontOptions {
  /** MACs when left out. */
  readonly x?: Currency;
  /** Images at once, where times of several numbers of them are there. */
  readonly batchSize?: number;
  readonly look?: Look;
}

/** Pixels of a line of a text beside its size. */
const LINE = 1.4;

/**
 * The picture of the front of accuracy against cost: held-out accuracy over MACs or time per image for every run and method,
 * with the chosen operating points and their intervals, the single exits and the full network. Taller where a long key or title needs rows of its own.
 *
 * @throws CascadeError where the report holds nothing to draw, or times of several numbers of images at once.
 */
export function frontSpecification(
  report: Report,
  { x = 'macs', batchSize, look = SCREEN }: FrontOptions = {},
): TopLevelSpec {
  const data = frontData(report, COST_AXES[x], batchSize);
  if (data.rows.length === 0) {
    const reasons = [
      x === 'macs'
        ? 'The files hold no rows to draw; give a front.csv, exits.csv or eval.csv.'
        : 'The files hold no rows with such times; run `cascade measure`, then write front.csv, exits.csv and eval.csv again.',
      ...report.notes,
    ];
    throw new CascadeError(reasons.join(' '));
  }
  const frame = frontFrame(data, look);
  const exits = drawnExits(data, frame);
  const labels = frontLabels(data, exits, frame, look);
  const key = frontKey(data, exits, labels.numbered, frame, look);
  const margins = marginsOf(look);
  const { config, title, ...shared } = pictureFrame(look, frontTitle(data));
  const heading =
    title === undefined
      ? 0
      : LINE * (look.text.title * title.text.length + look.text.subtitle * title.subtitle.length);
  return {
    ...shared,
    width: frame.width,
    height: frame.height,
    // Sizes are fixed here: Vega's own fitting depends on which fonts it can measure with.
    autosize: 'none',
    padding: { ...margins, top: Math.ceil(margins.top + heading), bottom: Math.ceil(key.height) },
    ...(title && { title: { ...title, align: 'left' } }),
    layer: [...frontLayers(data, frame, exits, look), ...frontAnnotations(data.methods, labels, key, look)],
    resolve: { axis: { x: 'independent' } },
    config: { ...config, axis: { ...config.axis, labelOverlap: false } },
  };
}
