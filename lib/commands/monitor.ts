import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { type MonitorBeginOptions, withMonitorOptions } from './common/monitor-options.js';
import { parseDrop } from './common/parse.js';
import { USE } from './common/use-option.js';

export interface MonitorCommandOptions extends CommonOptions, EngineOptions, MonitorBeginOptions {
  readonly reference?: readonly string[];
  readonly monitorState?: string;
  readonly use?: string;
  readonly maxDrop?: number;
  readonly force?: boolean;
}

export function monitorCommand(monitor: Action<[watched: string, options: MonitorCommandOptions]>): Command {
  const command = new Command('monitor')
    .description(
      'show what `run --monitor` has seen and whether its alarm is raised (then with exit code 3), or start a new one from reference images',
    )
    .argument('<cascade or state>', 'a calibrated cascade, or the file of a state')
    .option(
      '--reference <paths...>',
      'begin: images without labels from the source that was calibrated for, with no part in choosing thresholds: files, folders, and lists (.txt) of paths (default: the recorded test images)',
    )
    .option('--monitor-state <file>', 'the state to show or begin (default: monitor.json in the cascade)')
    .option(USE[0], `with --reference: ${USE[1]}`)
    .option(
      '--max-drop <points>',
      'with --reference: another drop under the same promise, as run is given it',
      parseDrop,
    );
  withMonitorOptions(command, 'with --reference: ')
    .option('--force', 'with --reference: replace a state that is there')
    .addHelpText(
      'after',
      '\nExamples:\n  cascade run r56.cascade today/ --monitor 1%\n  cascade monitor r56.cascade\n  cascade monitor r56.cascade --reference photos/',
    );
  return withCommonOptions(withEngineOptions(command, 'with --reference: ')).action(monitor);
}
