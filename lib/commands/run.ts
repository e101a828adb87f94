import { Command, Option } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { parseCount, parseDrop } from './common/parse.js';

export interface RunOptions extends CommonOptions, EngineOptions {
  readonly maxDrop?: number;
  readonly format: 'table' | 'csv' | 'jsonl';
  readonly onBadImage: 'skip' | 'stop';
  readonly batch?: number;
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
    .addHelpText(
      'after',
      '\nExamples:\n  cascade run r56.cascade cat.png photos/\n  find photos -name "*.png" | cascade run r56.cascade --format csv',
    );
  return withCommonOptions(withEngineOptions(command)).action(classify);
}
