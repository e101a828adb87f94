import path from 'node:path';
import { Command } from 'commander';
import type { TopLevelSpec } from 'vega-lite';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';

export interface PlotOptions extends CommonOptions {
  readonly out?: string;
}

export function plotCommand(run: RunCommand): Command {
  const command = new Command('plot')
    .description(
      'draw the accuracy-MAC front, a comparison, or time saved against MACs saved, from CSV files alone, as SVG and PNG',
    )
    .argument('<csv...>', 'front.csv, exits.csv and eval.csv of one or several runs; compare.csv; time.csv')
    .option(
      '--out <file>',
      'picture to write, .svg or .png (default: front, compare or time, .svg and .png, beside the first file)',
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
  const { writeFileAtomically } = await import('../files/atomic-write.js');
  const { usageError } = await import('../errors.js');
  const { comparisonSpecification } = await import('../report/plot/plot-comparison.js');
  const { frontSpecification } = await import('../report/plot/plot-front.js');
  const { timeSpecification } = await import('../report/plot/plot-time.js');
  const { renderPng, renderSvg } = await import('../report/plot/render.js');
  const { readReports } = await import('../report/read-csv.js');
  if (out !== undefined && !/\.(svg|png)$/.test(out))
    throw usageError(`--out ${out} must end in .svg or .png.`);
  const report = await readReports(files);
  for (const note of report.notes) reporter.note(note);
  const { comparison, time } = report;
  const hasFront = report.front.length + report.exits.length + report.eval.length > 0;
  const pictures: [name: string, draw: () => TopLevelSpec][] = [];
  if (comparison.length > 0) pictures.push(['compare', () => comparisonSpecification(comparison)]);
  if (time.length > 0) pictures.push(['time', () => timeSpecification(time)]);
  if (hasFront || pictures.length === 0) pictures.unshift(['front', () => frontSpecification(report)]);
  if (out !== undefined && pictures.length > 1) {
    const names = pictures.map(([name]) => name).join(' and ');
    throw usageError(
      `--out ${out} names one picture, and the files make ${names}; give the files of one, or leave --out out.`,
    );
  }
  for (const [name, draw] of pictures) {
    const svg = await renderSvg(draw());
    const beside = path.join(path.dirname(files[0]!), name);
    for (const target of out === undefined ? [`${beside}.svg`, `${beside}.png`] : [out]) {
      const content = target.endsWith('.svg') ? svg : await renderPng(svg, { scale: PNG_SCALE });
      await writeFileAtomically(target, content);
      print(target);
    }
  }
}
