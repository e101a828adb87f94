import type { TopLevelSpec } from 'vega-lite';
import { SCREEN } from '../../lib/report/plot/look.js';
import { distinct, shortNames } from '../../lib/report/plot/naming.js';
import { pictureFrame, roomFor } from '../../lib/report/plot/picture-style.js';

type Panels = Extract<TopLevelSpec, { readonly facet: unknown }>;

/** What differs from picture to picture. */
export interface CascadePanels extends Pick<Panels, 'resolve'> {
  readonly title: string;
  readonly subtitle: string;
  /** Rows of data; `cascade` tells which panel each belongs to. */
  readonly values: readonly { readonly cascade: string }[];
  readonly layer: Extract<Panels['spec'], { readonly layer: unknown }>['layer'];
}

/** Pixels of an axis with its title, and between panels. */
const [AXIS, GAP] = [60, 24];

/** Height of a panel beside its width. */
const ASPECT = 0.8;

/** A picture with a panel for each cascade, side by side. */
export function cascadePanels({ title, subtitle, values, layer, resolve }: CascadePanels): TopLevelSpec {
  const cascades = distinct(values.map(({ cascade }) => cascade));
  const short = shortNames(cascades);
  const width = roomFor(SCREEN, cascades.length, AXIS, GAP);
  return {
    ...pictureFrame(SCREEN, { title, subtitle }),
    data: { values: values.map((row) => ({ ...row, cascade: short(row.cascade) })) },
    facet: {
      column: {
        field: 'cascade',
        type: 'nominal',
        title: null,
        sort: cascades.map(short),
        ...(cascades.length === 1 && { header: { labels: false } }),
      },
    },
    spacing: GAP,
    spec: { width, height: Math.round(ASPECT * width), layer },
    ...(resolve && { resolve }),
  };
}
