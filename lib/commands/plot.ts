import { Command, Option } from 'commander';
import type { Currency } from '../artifact/timings/prices.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import type { Action } from './common/load-body.js';

export interface PlotOptions extends CommonOptions {
  readonly out?: string;
  /** What the front is drawn against; MACs when left out. */
  readonly x?: Currency;
}

export function plotCommand(plot: Action<[files: readonly string[], options: PlotOptions]>): Command {
  const command = new Command('plot')
    .description(
      'draw the accuracy-MAC front, a comparison, or time saved against MACs saved, from CSV files alone, as SVG and PNG',
    )
    .argument('<csv...>', 'front.csv, exits.csv and eval.csv of one or several runs; compare.csv; time.csv')
    .option(
      '--out <file>',
      'picture to write, .svg or .png (default: front, front-time, compare or time, .svg and .png, beside the first file)',
    )
    .addOption(
      new Option('--x <currency>', 'what accuracy is drawn against; time is drawn beside, as front-time')
        .choices(['macs', 'time'] satisfies readonly Currency[])
        .default('macs'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  cascade plot results/r56/*.csv\n  cascade plot results/r56/*.csv --x time\n  cascade plot results/r20/*.csv results/r56/*.csv --out both.svg',
    );
  return withCommonOptions(command, { json: false }).action(plot);
}
