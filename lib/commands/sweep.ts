import { Command, Option } from 'commander';
import type { FrontMethod } from '../calibrate/front.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { type CostOptions, withCostOptions } from './common/cost-options.js';
import type { Action } from './common/load-body.js';
import { parseSeed } from './common/parse.js';
import { withConfigOption } from './common/repeat/config-option.js';
import { type ScoringOptions, withScoringOptions } from './common/scoring-options.js';

/** What is left out is as the active calibration has it. */
export interface SweepCommandOptions extends CommonOptions, Partial<ScoringOptions>, CostOptions {
  readonly method?: FrontMethod;
  readonly splitSeed?: number;
  readonly results: string;
}

export function sweepCommand(sweep: Action<[folder: string, options: SweepCommandOptions]>): Command {
  const command = new Command('sweep')
    .description(
      'the whole front of accuracy against MACs or time: thresholds from the calibration split, figures on both splits. Method, measure of confidence, cost, images at once and halves are those of the active calibration where nothing is said of them',
    )
    .argument('<cascade>', 'a folder made by attach, chain or import-records')
    .addOption(
      new Option(
        '--method <name>',
        'how thresholds are chosen (never calibrated: shared; paper-path with --criterion energy)',
      ).choices(['shared', 'paper-path', 'joint']),
    );
  withCostOptions(withScoringOptions(command, {}))
    .option('--split-seed <number>', 'seed of the halves of a test set', parseSeed)
    .option('--results <folder>', 'where CSV files go', 'results')
    .addHelpText(
      'after',
      '\nExamples:\n  cascade sweep r56.cascade\n  cascade sweep r56.cascade --cost time',
    );
  return withCommonOptions(withConfigOption(command)).action(sweep);
}
