import path from 'node:path';
import { Command } from 'commander';
import { type CommandContext, type CommonOptions, type RunCommand, withCommonOptions } from './context.js';

export interface PlotOptions extends CommonOptions {
  readonly out?: string;
}

export function plotCommand(run: RunCommand): Command {
  const command = new Command('plot')
    .description('draw the accuracy-MAC front from CSV files alone, as SVG and PNG')
    .argument('<csv...>', 'front.csv, exits.csv and eval.csv of one or several runs')
    .option(
      '--out <file>',
      'picture to write, .svg or .png (default: front.svg and front.png beside the first file)',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  cascade plot results/r56/*.csv\n  cascade plot results/r20/*.csv results/r56/*.csv --out both.svg',
    );
  return withCommonOptions(command, { json: false }).action((files: string[], options: PlotOptions) =>
    run((context) => plot(files, options, context), options),
  );
}

/** Pixels of the PNG for one of the SVG. */
const PNG_SCALE = 2;

/** Draws the picture and prints the names of the files written. */
export async function plot(
  files: readonly string[],
  { out }: PlotOptions,
  { print, reporter }: CommandContext,
): Promise<void> {
  const { writeFileAtomically } = await import('../data/atomic-write.js');
  const { usageError } = await import('../errors.js');
  const { frontSpecification } = await import('../report/plot/plot-front.js');
  const { renderPng, renderSvg } = await import('../report/plot/render.js');
  const { readReports } = await import('../report/read-csv.js');
  const targets =
    out === undefined
      ? ['front.svg', 'front.png'].map((name) => path.join(path.dirname(files[0]!), name))
      : [out];
  if (!targets.every((target) => /\.(svg|png)$/.test(target)))
    throw usageError(`--out ${out} must end in .svg or .png.`);
  const report = await readReports(files);
  for (const note of report.notes) reporter.note(note);
  const svg = await renderSvg(frontSpecification(report));
  for (const target of targets) {
    await writeFileAtomically(
      target,
      target.endsWith('.svg') ? svg : await renderPng(svg, { scale: PNG_SCALE }),
    );
    print(target);
  }
}
