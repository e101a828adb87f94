import { createRequire } from 'node:module';
import type { View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { textWidth } from './text-width.js';

const FONT = 'DejaVu Sans';

/** First DejaVu Sans, which PNG and PDF are always drawn with; Verdana has nearly its widths. */
export const FONT_FAMILY = `${FONT}, Verdana, sans-serif`;

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
  return drawn(specification, async (view) => renumberClips(await view.toSVG()));
}

/**
 * Draws a Vega-Lite specification as a PDF of one page, whose texts are text in fonts that it holds; the same specification gives the same bytes.
 *
 * @param options.width of the page in points, of which an inch has 72.
 */
export async function renderPdf(
  specification: TopLevelSpec,
  options: { readonly width: number; readonly height: number; readonly scale: number },
): Promise<Uint8Array> {
  const { GlobalFonts, PDFDocument } = await import('@napi-rs/canvas');
  for (const file of fontFiles()) GlobalFonts.registerFromPath(file, FONT);
  const document = new PDFDocument({ title: String(specification.description ?? '') });
  await drawn(specification, (view) => {
    const externalContext = document.beginPage(options.width, options.height);
    return view.toCanvas(options.scale, { externalContext });
  });
  document.endPage();
  return document.close();
}

async function drawn<T>(specification: TopLevelSpec, draw: (view: View) => Promise<T>): Promise<T> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  measureTexts(vega as unknown as { readonly textMetrics: TextMetrics });
  const view = new vega.View(vega.parse(vegaLite.compile(specification).spec), { renderer: 'none' });
  try {
    return await draw(view);
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
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FONT },
    fitTo: { mode: 'zoom', value: options.scale },
    background: 'white',
  });
  return image.asPng();
}

function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => resolve(`dejavu-fonts-ttf/ttf/${file}`));
}
