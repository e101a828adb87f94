import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import type { Action } from './common/load-body.js';
import { parseFolder } from './common/parse.js';

export interface ShowOptions extends CommonOptions {
  readonly use?: string;
}

export function showCommand(show: Action<[folder: string, options: ShowOptions]>): Command {
  const command = new Command('show')
    .description('what is in a cascade: its network, exits, records, times, sizes and calibrations')
    .argument('<cascade>', 'a folder made by attach, chain or import-records', parseFolder)
    .option('--use <calibration>', 'make this calibration the active one, by its name or number')
    .addHelpText(
      'after',
      '\nExamples:\n  cascade show r56.cascade\n  cascade show r56.cascade --use fast\n  cascade run r56.cascade photos/ --use 2',
    );
  return withCommonOptions(command).action(show);
}
