import { createRequire } from 'node:module';
import type { TopLevelSpec } from 'vega-lite';
import { textWidth } from './text-width.js';

/** First DejaVu Sans, which the PNG is always drawn with; Verdana has nearly its widths. */
export const FONT_FAMILY = 'DejaVu Sans, Verdana, sans-serif';

/** How much wider DejaVu Sans Bold is, at most. */
const BOLD = 1.15;

/** What Vega measures texts with; its types leave it out. */
interface TextMetrics {
  width(item: { readonly fontSize?: number; readonly fontWeight?: string | number }, text: unknown): number;
}

/**
 * Widths of DejaVu Sans in place of Vega's guess of 0.8 em a character, which leaves pictures with empty margins, or of whatever
 * fonts a machine has.
 */
function measureTexts({ textMetrics }: { readonly textMetrics: TextMetrics }): void {
  textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
    textWidth(String(text ?? ''), fontSize) * (fontWeight === 'bold' ? BOLD : 1);
}

/** Draws a Vega-Lite specification as an SVG document; the same specification gives the same bytes. */
export async function renderSvg(specification: TopLevelSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  measureTexts(vega as unknown as { readonly textMetrics: TextMetrics });
  const view = new vega.View(vega.parse(vegaLite.compile(specification).spec), { renderer: 'none' });
  try {
    return renumberClips(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** Vega numbers its clip paths across all pictures of a process; here each picture begins with 1. */
function renumberClips(svg: string): string {
  const numbers = new Map<string, number>();
  return svg.replaceAll(/(?<=\bid="clip|\burl\(#clip)\d+/g, (number) => {
    if (!numbers.has(number)) numbers.set(number, numbers.size + 1);
    return String(numbers.get(number));
  });
}

/** Draws an SVG document as a PNG, `scale` pixels per SVG unit, with fonts of its own: it needs none installed. */
export async function renderPng(svg: string, options: { readonly scale: number }): Promise<Uint8Array> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const { resolve } = createRequire(import.meta.url);
  const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
    resolve(`dejavu-fonts-ttf/ttf/${file}`),
  );
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans' },
    fitTo: { mode: 'zoom', value: options.scale },
    background: 'white',
  });
  return image.asPng();
}
