import path from 'node:path';
import { usageError } from '../../errors.js';
import { picturesOf } from '../../report/pictures.js';
import { datasetTitles } from '../../report/plot/dataset-titles.js';
import { onPaper, SCREEN } from '../../report/plot/look.js';
import { formatOf } from '../../report/plot/picture-formats.js';
import { readReports } from '../../report/read-csv.js';
import type { Report } from '../../report/rows-read.js';
import { pictureFiles, writePicture } from '../../report/write-picture.js';
import type { CommandContext } from '../common/context.js';
import type { PlotOptions } from '../plot.js';

/** Draws the pictures that CSV files make and prints the names of the files written. */
export async function plot(
  files: readonly string[],
  { out, x, format, width, batch }: PlotOptions,
  { print, reporter }: CommandContext,
): Promise<void> {
  if (out !== undefined && formatOf(out) === undefined)
    throw usageError(`--out ${out} must end in .svg, .png or .pdf.`);
  if (out !== undefined && format !== undefined)
    throw usageError(`--out ${out} says the format by its ending; leave --format out.`);
  const report = await readReports(files);
  for (const note of report.notes) reporter.note(note);
  const look = width === undefined ? SCREEN : onPaper(width);
  const pictures = picturesOf(await titled(report), {
    ...(x && { x }),
    ...(batch && { batchSize: batch }),
    look,
  });
  if (out !== undefined && pictures.length > 1) {
    const names = pictures.map(({ name }) => name).join(' and ');
    throw usageError(
      `--out ${out} names one picture, and the files make ${names}; give the files of one, or leave --out out.`,
    );
  }
  for (const { name, draw } of pictures) {
    const targets = out === undefined ? pictureFiles(path.dirname(files[0]!), name, format) : [out];
    const specification = draw();
    await writePicture(specification, targets, look);
    for (const target of targets) print(target);
    if (!look.titled) reporter.note(`Caption of ${name}: ${specification.description}`);
  }
}

/** Data sets by their titles: a figure's reader has seen no folder of ours. */
async function titled(report: Report): Promise<Report> {
  const { notes, ...tables } = report;
  const rows = Object.values(tables).flat() as readonly { readonly dataset: string }[];
  const titles = await datasetTitles(rows.map(({ dataset }) => dataset));
  const renamed = Object.fromEntries(
    Object.entries(tables).map(([kind, own]) => [
      kind,
      own.map((row: (typeof own)[number]) => ({ ...row, dataset: titles.get(row.dataset) ?? row.dataset })),
    ]),
  );
  return { ...(renamed as unknown as typeof tables), notes };
}
