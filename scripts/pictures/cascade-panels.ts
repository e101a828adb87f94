import type { TopLevelSpec } from 'vega-lite';
import { SUBTITLE_SIZE } from '../../lib/report/plot/front-title.js';
import { PICTURE_STYLE } from '../../lib/report/plot/picture-style.js';
import { wrapText } from '../../lib/report/plot/text-width.js';

type Panels = Extract<TopLevelSpec, { readonly facet: unknown }>;

/** What differs from picture to picture. */
export interface CascadePanels extends Pick<Panels, 'resolve'> {
  readonly description: string;
  readonly title: string;
  readonly subtitle: string;
  /** Rows of data; `cascade` tells which panel each belongs to. */
  readonly values: readonly { readonly cascade: string }[];
  readonly width: number;
  readonly height: number;
  readonly layer: Extract<Panels['spec'], { readonly layer: unknown }>['layer'];
}

/** A picture with a panel for each cascade, side by side. */
export function cascadePanels(panels: CascadePanels): TopLevelSpec {
  const { description, title, subtitle, values, width, height, layer, resolve } = panels;
  const cascades = [...new Set(values.map(({ cascade }) => cascade))];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    background: 'white',
    padding: 16,
    title: {
      text: title,
      subtitle: wrapText(subtitle, SUBTITLE_SIZE, width * cascades.length),
      anchor: 'start',
      offset: 14,
    },
    data: { values: [...values] },
    facet: { column: { field: 'cascade', type: 'nominal', title: null, sort: cascades } },
    spec: { width, height, layer },
    ...(resolve && { resolve }),
    config: PICTURE_STYLE,
  };
}
