import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import type { Action } from './common/load-body.js';

export interface PlotOptions extends CommonOptions {
  readonly out?: string;
}

export function plotCommand(plot: Action<[files: readonly string[], options: PlotOptions]>): Command {
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
  return withCommonOptions(command, { json: false }).action(plot);
}
