import path from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { writeFileAtomically } from '../files/atomic-write.js';
import { renderPng, renderSvg } from './plot/render.js';

/** Pixels of the PNG for one of the SVG. */
const PNG_SCALE = 2;

/** Draws a picture to each of the files, which end in `.svg` or `.png`. */
export async function writePicture(specification: TopLevelSpec, files: readonly string[]): Promise<void> {
  const svg = await renderSvg(specification);
  for (const file of files)
    await writeFileAtomically(file, file.endsWith('.svg') ? svg : await renderPng(svg, { scale: PNG_SCALE }));
}

/** The files of a picture that no one gave a name: `<name>.svg` and `<name>.png` in a folder. */
export function pictureFiles(folder: string, name: string): readonly string[] {
  return ['svg', 'png'].map((ending) => path.join(folder, `${name}.${ending}`));
}
