import path from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { loadSharp } from '../data/pictures/load-sharp.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { type Look, SCREEN } from './plot/look.js';
import { formatOf, type PictureFormat } from './plot/picture-formats.js';
import { renderPdf, renderPng, renderSvg } from './plot/render.js';

/** Pixels of the PNG for one of the SVG, on a screen. */
const PNG_SCALE = 2;

/** Resolution of the PNG of a figure in a paper, as journals ask for line drawings. */
const DOTS_PER_INCH = 600;

const CENTIMETRES_OF_INCH = 2.54;
const POINTS_OF_PIXEL = 72 / 96;

/** Draws a picture to each of the files, which end in `.svg`, `.png` or `.pdf`. */
export async function writePicture(
  specification: TopLevelSpec,
  files: readonly string[],
  look: Look = SCREEN,
): Promise<void> {
  const svg = await renderSvg(specification);
  const size = sizeOf(svg);
  const wide = look.centimetres === null ? size.width : look.width;
  const contents: Readonly<Record<PictureFormat, () => string | Promise<Uint8Array>>> = {
    svg: () => (look.centimetres === null ? svg : onPaper(svg, size, look.centimetres)),
    png: () => pngOf(svg, size.width, look.centimetres),
    pdf: () => {
      const width = POINTS_OF_PIXEL * wide;
      const scale = width / size.width;
      return renderPdf(specification, { width, height: scale * size.height, scale });
    },
  };
  for (const file of files) await writeFileAtomically(file, await contents[formatOf(file)!]());
}

/** The files of a picture that no one gave a name: `<name>.svg` and the like in a folder. */
export function pictureFiles(
  folder: string,
  name: string,
  formats: readonly PictureFormat[] = ['svg', 'png'],
): readonly string[] {
  return formats.map((format) => path.join(folder, `${name}.${format}`));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeOf(svg: string): Size {
  const [, width, height] = SIZE.exec(svg)!;
  return { width: Number(width), height: Number(height) };
}

/** In the first tag of what Vega writes. */
const SIZE = /\bwidth="([\d.]+)" height="([\d.]+)"/;

/** The same drawing, as wide as a column. */
function onPaper(svg: string, { width, height }: Size, centimetres: number): string {
  const high = ((centimetres * height) / width).toFixed(3);
  return svg.replace(SIZE, `width="${centimetres}cm" height="${high}cm"`);
}

/** With its size on paper, where it has one. */
async function pngOf(svg: string, width: number, centimetres: number | null): Promise<Uint8Array> {
  if (centimetres === null) return renderPng(svg, { scale: PNG_SCALE });
  const pixels = (DOTS_PER_INCH * centimetres) / CENTIMETRES_OF_INCH;
  const png = await renderPng(svg, { scale: pixels / width });
  return loadSharp()(png).withMetadata({ density: DOTS_PER_INCH }).png().toBuffer();
}
