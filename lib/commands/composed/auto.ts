import { Command, Option } from 'commander';
import { CALIBRATE_DEFAULTS } from '../calibrate.js';
import { type CommonOptions, withCommonOptions } from '../common/context.js';
import { DATA, DATA_DIR } from '../common/data-options.js';
import type { Action } from '../common/load-body.js';
import { type MakingCommandOptions, withMakingOptions } from '../common/making-options.js';
import { parseConfidence, parseDrop, parseFolder } from '../common/parse.js';

export interface AutoOptions extends CommonOptions, MakingCommandOptions {
  readonly out?: string;
  readonly exits: string;
  readonly maxDrop: number;
  readonly results: string;
}

export function autoCommand(auto: Action<[network: string, options: AutoOptions]>): Command {
  const command = new Command('auto')
    .description('attach, calibrate, eval and report in one go, each shown as the command that it is')
    .argument('<network>', 'trained network, as `cascade attach` takes it')
    .requiredOption(...DATA)
    .option(...DATA_DIR)
    .addOption(
      new Option('--max-drop <points>', 'accept at most this drop of accuracy: 1%, 1pt or 0.01')
        .argParser(parseDrop)
        .default(CALIBRATE_DEFAULTS.maxDrop, '1%'),
    )
    .addOption(
      new Option('--confidence <level>', 'confidence of the promise; none: no promise')
        .argParser(parseConfidence)
        .default(CALIBRATE_DEFAULTS.confidence, '95%'),
    )
    .option(
      '--out <folder>',
      'the cascade to make (default: the name of the network with .cascade)',
      parseFolder,
    )
    .option('--exits <places>', 'as `cascade attach` takes them', 'auto')
    .option('--heads <kinds>', 'as `cascade attach` takes them')
    .option('--results <folder>', 'where CSV files and the report go', CALIBRATE_DEFAULTS.results);
  withMakingOptions(command, 'go on also where the network is no better than chance').addHelpText(
    'after',
    `
Run again, it goes on where it stopped: a cascade of the same network and data that is there already is not attached again, and a
half-made one is finished. --force attaches again.

Example:
  cascade auto resnet56-4bfd9763.th --data cifar10 --max-drop 1%`,
  );
  return withCommonOptions(command, { json: false }).action(auto);
}
