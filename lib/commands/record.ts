import { Command, Option } from 'commander';
import type { Manifest } from '../artifact/manifest.js';
import type { Shard } from '../records/shards.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { DATA_DIR } from './common/data-options.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { parseFolder, parseShard } from './common/parse.js';

export interface RecordOptions extends CommonOptions, EngineOptions {
  readonly data?: string;
  readonly dataDir?: string;
  readonly split: keyof Manifest['splits'] | 'all';
  readonly shard?: Shard;
  readonly merge?: boolean;
}

export function recordCommand(record: Action<[folder: string, options: RecordOptions]>): Command {
  const command = new Command('record')
    .description("record the outputs of a cascade's exits again, on one machine or in shards on several")
    .argument('<cascade>', 'a folder made by attach or chain', parseFolder)
    .option('--data <name>', 'the data set or its folder (default: the one that the cascade was made with)')
    .option(...DATA_DIR)
    .addOption(
      new Option('--split <name>', 'whose images').choices(['calibration', 'test', 'all']).default('all'),
    )
    .option('--shard <i/n>', 'record only the i-th of n parts; run again, it goes on', parseShard)
    .addOption(
      new Option('--merge', 'join all shards into the records').conflicts([
        ...['shard', 'data', 'dataDir', 'engine', 'backend', 'device'],
      ]),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  cascade record r56.cascade\n  cascade record r56.cascade --shard 3/16\n  cascade record r56.cascade --merge',
    );
  return withCommonOptions(withEngineOptions(command)).action(record);
}
