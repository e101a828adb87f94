import { Command, Option } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { type MonitorBeginOptions, parseCheckedShare, withMonitorOptions } from './common/monitor-options.js';
import { parseCount, parseDrop } from './common/parse.js';
import { USE } from './common/use-option.js';

export interface RunOptions extends CommonOptions, EngineOptions, MonitorBeginOptions {
  readonly use?: string;
  readonly maxDrop?: number;
  readonly format: 'table' | 'csv' | 'jsonl';
  readonly onBadImage: 'skip' | 'stop';
  readonly batch?: number;
  readonly monitor?: number;
  readonly monitorState?: string;
}

export function runCommand(
  classify: Action<[folder: string, images: readonly string[], options: RunOptions]>,
): Command {
  const command = new Command('run')
    .description('classify images with a calibrated cascade that really stops early')
    .argument('<cascade>', 'a calibrated cascade')
    .argument(
      '[images...]',
      'image files and folders (default, and -: paths from standard input, one a line)',
    )
    .option(...USE)
    .option(
      '--max-drop <points>',
      'another drop under the same promise, at once: 1%, 1pt or 0.01 (default: what was calibrated for)',
      parseDrop,
    )
    .addOption(
      new Option('--format <name>', 'how results are printed')
        .choices(['table', 'csv', 'jsonl'])
        .default('table'),
    )
    .addOption(
      new Option('--on-bad-image <what>', 'what to do with an image that cannot be decoded')
        .choices(['skip', 'stop'])
        .default('skip'),
    )
    .option(
      '--batch <images>',
      'how many images are computed at once (default: 32, fewer if they are large); results are printed batch by batch, in a table by the thousand',
      parseCount,
    )
    .option(
      '--monitor <share>',
      'watch without labels: the full network is compared on this share of the images, and billed where it had not run alone; an alarm (exit code 3) says when the two disagree more often than on the images that were calibrated for',
      parseCheckedShare,
    )
    .option(
      '--monitor-state <file>',
      'with --monitor: what it goes on with and writes to (default: monitor.json in the cascade)',
    );
  withMonitorOptions(command, 'with --monitor: ').addHelpText(
    'after',
    '\nExamples:\n  cascade run r56.cascade cat.png photos/\n  find photos -name "*.png" | cascade run r56.cascade --format csv\n  cascade run r56.cascade today/ --monitor 1%',
  );
  return withCommonOptions(withEngineOptions(command)).action(classify);
}
