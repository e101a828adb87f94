import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { DATA_DIR } from './common/data-options.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { parseBatchSizes } from './common/parse.js';

export interface MeasureOptions extends CommonOptions, EngineOptions {
  readonly batch: readonly number[];
  readonly data?: string;
  readonly dataDir?: string;
}

export function measureCommand(measure: Action<[folder: string, options: MeasureOptions]>): Command {
  const command = new Command('measure')
    .description(
      'time the network up to each exit, and each head, on this machine, so that thresholds can be chosen by time',
    )
    .argument('<cascade>', 'a folder made by attach or chain')
    .option(
      '--batch <images>',
      'numbers of images at once, each measured by itself',
      parseBatchSizes,
      [1, 128],
    )
    .option('--data <name>', 'the data set whose images are run (default: that of the cascade)')
    .option(...DATA_DIR)
    .addHelpText(
      'after',
      '\nExamples:\n  cascade measure r56.cascade\n  cascade measure r56.cascade --batch 1,32 --engine tensorflow\n  cascade calibrate r56.cascade --cost time',
    );
  return withCommonOptions(withEngineOptions(command)).action(measure);
}
