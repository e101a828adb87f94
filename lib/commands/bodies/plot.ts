import path from 'node:path';
import { usageError } from '../../errors.js';
import { picturesOf } from '../../report/pictures.js';
import { readReports } from '../../report/read-csv.js';
import { pictureFiles, writePicture } from '../../report/write-picture.js';
import type { CommandContext } from '../common/context.js';
import type { PlotOptions } from '../plot.js';

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
    const targets = out === undefined ? pictureFiles(path.dirname(files[0]!), name) : [out];
    await writePicture(draw(), targets);
    for (const target of targets) print(target);
  }
}
