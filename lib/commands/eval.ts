import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { type TimingOptions, withTimingOptions } from './common/cost-options.js';
import { DATA_DIR } from './common/data-options.js';
import { withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { parseDrop, parseSeed } from './common/parse.js';
import { withConfigOption } from './common/repeat/config-option.js';
import { USE } from './common/use-option.js';

export interface EvalOptions extends CommonOptions, TimingOptions {
  readonly all?: boolean;
  readonly use?: string;
  readonly maxDrop?: number;
  readonly splitSeed?: number;
  readonly results: string;
  readonly measure?: boolean;
  readonly data?: string;
  readonly dataDir?: string;
}

export function evalCommand(evaluate: Action<[folder: string, options: EvalOptions]>): Command {
  const command = new Command('eval')
    .description('what the chosen thresholds do on the held-out test split')
    .argument('<cascade>', 'a calibrated cascade')
    .option(...USE)
    .option(
      '--max-drop <points>',
      'another drop under the same promise, at once: 1%, 1pt or 0.01, 0, or -0.5% for a gain (default: what was calibrated for)',
      parseDrop,
    )
    .option('--all', 'every calibration of the split seed, not only the active one')
    .option(
      '--split-seed <number>',
      'seed of the halves of a test set (default: that of the active calibration)',
      parseSeed,
    )
    .option('--measure', 'run cascade and full network on test images and compare their wall time')
    .option('--data <name>', 'with --measure: the data set (default: that of the cascade)')
    .option(DATA_DIR[0], `with --measure: ${DATA_DIR[1]}`)
    .option('--results <folder>', 'where CSV files go', 'results')
    .addHelpText('after', '\nExamples:\n  cascade eval r56.cascade\n  cascade eval r56.cascade --measure');
  withEngineOptions(withTimingOptions(command), 'of the measurement: ');
  return withCommonOptions(withConfigOption(command)).action(evaluate);
}
