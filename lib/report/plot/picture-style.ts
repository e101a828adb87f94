import type { Look } from './look.js';
import { FONT_FAMILY } from './render.js';
import { wrapText } from './text-width.js';

/** What a picture is of, and beneath it where its figures come from. */
export interface PictureText {
  readonly title: string;
  /** Sentences. */
  readonly subtitle: string;
}

const PADDING = 12;

/** Pixels from a title to the plot. */
const TITLE_GAP = 14;

/** What every picture has: its texts and looks. Its description is what a paper's caption says. */
export function pictureFrame(look: Look, { title, subtitle }: PictureText) {
  const { text, width, titled } = look;
  const padding = titled ? PADDING : 2;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `${title}. ${subtitle}`,
    background: 'white',
    padding,
    ...(titled && {
      title: {
        text: wrapText(title, text.title, width - 2 * padding),
        subtitle: wrapText(subtitle, text.subtitle, width - 2 * padding),
        anchor: 'start' as const,
        frame: 'bounds' as const,
        offset: TITLE_GAP,
      },
    }),
    config: pictureStyle(look),
  };
}

function pictureStyle({ text, scale, titled }: Look) {
  return {
    font: FONT_FAMILY,
    title: {
      fontSize: text.title,
      subtitleFontSize: text.subtitle,
      subtitlePadding: 5,
      subtitleColor: '#444444',
    },
    view: { stroke: '#999999' },
    axis: {
      labelFontSize: text.label,
      titleFontSize: text.axis,
      titleFontWeight: 'normal' as const,
      titlePadding: titled ? 8 : 4,
      labelColor: '#333333',
      titleColor: '#222222',
      gridColor: '#e8e8e8',
      domainColor: '#999999',
      tickColor: '#999999',
      tickSize: 5 * scale,
      // Each number at its tick.
      labelFlush: false,
      labelLimit: 0,
    },
    header: { labelFontSize: text.axis, labelFontWeight: 'normal' as const, titleFontSize: text.axis },
    legend: {
      titleFontSize: text.label,
      labelFontSize: text.label,
      titleFontWeight: 'normal' as const,
      symbolSize: 70 * scale,
      titleLimit: 0,
      labelLimit: 0,
    },
    text: { fontSize: text.label },
  };
}

/** The title of one of several plots of a picture, above its left corner. */
export function panelTitle(text: string, look: Look) {
  const weight = 'normal' as const;
  return { text, anchor: 'start' as const, fontSize: look.text.axis, fontWeight: weight, offset: 5 };
}

/** Pixels left for plots beside each other once the padding and what stands to the left of them are there. */
export function roomFor(look: Look, count: number, left: number, gap: number): number {
  const free = look.width - 2 * (look.titled ? PADDING : 2) - left - (count - 1) * gap;
  return Math.max(60, Math.floor(free / count));
}
