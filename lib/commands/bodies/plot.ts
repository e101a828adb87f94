import path from 'node:path';
import { usageError } from '../../errors.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { picturesOf } from '../../report/pictures.js';
import { renderPng, renderSvg } from '../../report/plot/render.js';
import { readReports } from '../../report/read-csv.js';
import type { CommandContext } from '../common/context.js';
import type { PlotOptions } from '../plot.js';

/** Pixels of the PNG for one of the SVG. */
const PNG_SCALE = 2;

/** Draws the pictures that CSV files make and prints the names of the files written. */
export async function plot(
  files: readonly string[],
  { out, x }: PlotOptions,
  { print, reporter }: CommandContext,
): Promise<void> {
  if (out !== undefined && !/\.(svg|png)$/.test(out))
    throw usageError(`--out ${out} must end in .svg or .png.`);
  const report = await readReports(files);
  for (const note of report.notes) reporter.note(note);
  const pictures = picturesOf(report, x);
  if (out !== undefined && pictures.length > 1) {
    const names = pictures.map(({ name }) => name).join(' and ');
    throw usageError(
      `--out ${out} names one picture, and the files make ${names}; give the files of one, or leave --out out.`,
    );
  }
  for (const { name, draw } of pictures) {
    const svg = await renderSvg(draw());
    const beside = path.join(path.dirname(files[0]!), name);
    for (const target of out === undefined ? [`${beside}.svg`, `${beside}.png`] : [out]) {
      const content = target.endsWith('.svg') ? svg : await renderPng(svg, { scale: PNG_SCALE });
      await writeFileAtomically(target, content);
      print(target);
    }
  }
}
