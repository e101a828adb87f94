import { FONT_FAMILY } from '../plot/render.js';

/** Colours that stand out from white and from the dark page alike, distinct to the colour-blind. */
const COLOURS = ['#2f86c9', '#d55e00', '#0f9d76', '#c0619a', '#b8860b', '#7a6fd0'];

/** The colour of what is said without a series: the page's own, light or dark. */
export const INK = 'currentColor';

/** The colour of the n-th series; after the last they begin again. */
export function pageColour(index: number): string {
  return COLOURS[index % COLOURS.length]!;
}

/** Sizes that are read on a phone, where a chart is drawn at about three quarters of its size. */
const CHART_STYLE = {
  font: FONT_FAMILY,
  view: { stroke: INK, strokeOpacity: 0.4 },
  axis: {
    labelFontSize: 12,
    titleFontSize: 13,
    titleFontWeight: 'normal',
    labelColor: INK,
    titleColor: INK,
    gridColor: INK,
    gridOpacity: 0.12,
    domain: false,
    tickColor: INK,
    tickOpacity: 0.4,
  },
  header: { labelFontSize: 13, labelColor: INK, titleColor: INK },
  text: { color: INK, fontSize: 12 },
  rule: { color: INK },
} as const;

/** What all charts of the page have in common. @param description read aloud in place of the picture. */
export function chartFrame(description: string) {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    background: 'transparent',
    config: CHART_STYLE,
  } as const;
}
