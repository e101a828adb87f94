import { Command, Option } from 'commander';
import type { FrontMethod } from '../calibrate/front.js';
import {
  NEIGHBOUR_NAMES,
  NEIGHBOUR_TITLES,
  type NeighbourName,
} from '../calibrate/neighbours/neighbour-names.js';
import { THRESHOLD_METHODS } from '../calibrate/threshold-methods.js';
import { CRITERION_NAMES, type CriterionName } from '../exits/criteria.js';
import { TABLE_FORMATS, type TableFormat } from '../report/table-formats.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { type CostOptions, withCostOptions } from './common/cost-options.js';
import type { Action } from './common/load-body.js';
import { parseConfidence, parseCount, parseDrops, parseNumbers, parsePercentages } from './common/parse.js';
import { withConfigOption } from './common/repeat/config-option.js';

export interface CompareOptions extends CommonOptions, CostOptions {
  readonly methods: readonly (FrontMethod | NeighbourName | 'all')[];
  readonly criteria: readonly CriterionName[];
  readonly average?: readonly number[];
  readonly exits?: readonly string[];
  readonly top: number;
  readonly drops: readonly number[];
  readonly budgets: readonly number[];
  readonly splits: number;
  readonly confidence: number | 'none';
  readonly format: TableFormat;
  readonly results: string;
}

export function compareCommand(compare: Action<[folder: string, options: CompareOptions]>): Command {
  const command = new Command('compare')
    .description(
      'methods, measures of confidence and exits side by side, over many halvings of the recorded images',
    )
    .argument('<cascade>', 'a folder made by attach, chain or import-records')
    .addOption(
      new Option('--methods <names...>', 'ways to choose thresholds, published methods as below, or all')
        .choices([...THRESHOLD_METHODS, ...NEIGHBOUR_NAMES, 'all'])
        .default(THRESHOLD_METHODS),
    )
    .addOption(
      new Option('--criteria <names...>', 'measures of confidence')
        .choices(CRITERION_NAMES)
        .default(CRITERION_NAMES.filter((name) => name !== 'top-k')),
    )
    .option(
      '--average <weights>',
      'weights of earlier outputs (default: 0,0.4; 0,0.8 for networks in a row)',
      parseNumbers,
    )
    .option('--exits <blocks...>', 'sets of exits such as 8,17 8,14,17,23 (default: all of them)')
    .option('--top <k>', 'count an answer as right if it is among the k likeliest', parseCount, 1)
    .addOption(
      new Option('--drops <points>', 'drops at which savings are compared')
        .argParser(parseDrops)
        .default([0.005, 0.01, 0.02], '0.5%,1%,2%'),
    )
    .addOption(
      new Option('--budgets <shares>', 'shares of the MACs, or of the time, at which drops are compared')
        .argParser(parsePercentages)
        .default([0.5, 0.6, 0.7], '50%,60%,70%'),
    )
    .option('--splits <number>', 'halvings of the recorded images', parseCount, 20)
    .addOption(
      new Option(
        '--confidence <level>',
        'also compare what each method saves under a promise with this confidence; none: no promise',
      )
        .argParser(parseConfidence)
        .default('none'),
    )
    .addOption(
      new Option('--format <name>', 'how the table is printed').choices(TABLE_FORMATS).default('text'),
    )
    .option('--results <folder>', 'where compare.csv goes', 'results')
    .addHelpText(
      'after',
      `\nPublished methods:\n${listed(NEIGHBOUR_TITLES)}\n\nExamples:\n  cascade compare r56.cascade --criteria softmax entropy margin --exits 8,17 8,14,17,23\n  cascade compare r56.cascade --methods all --criteria softmax --confidence 95%`,
    );
  return withCommonOptions(withConfigOption(withCostOptions(command))).action(compare);
}

function listed(titles: Readonly<Record<string, string>>): string {
  const names = Object.entries(titles);
  const width = Math.max(...names.map(([name]) => name.length));
  return names.map(([name, title]) => `  ${name.padEnd(width)}  ${title}`).join('\n');
}
