import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import type { Action } from './common/load-body.js';
import { parseFolder, parseMacs } from './common/parse.js';

export interface ImportCommandOptions extends CommonOptions {
  readonly logits: readonly string[];
  readonly labels: string;
  readonly macs: readonly number[];
  readonly out: string;
  readonly name?: string;
  readonly force?: boolean;
}

export function importRecordsCommand(importFiles: Action<[options: ImportCommandOptions]>): Command {
  const command = new Command('import-records')
    .description('make a cascade of logits that any framework recorded (NumPy .npy files)')
    .requiredOption(
      '--logits <files...>',
      'images × classes, one file an exit in order, the full network last',
    )
    .requiredOption('--labels <file>', 'class of each image, counted from 0')
    .requiredOption(
      '--macs <numbers>',
      'what leaving at each exit costs in all, the full network last: 42.9M,84.2M,125M',
      parseMacs,
    )
    .requiredOption('--out <folder>', 'the cascade to make', parseFolder)
    .option('--name <text>', 'what the data are called in reports (default: the name of the labels file)')
    .option('--force', 'replace a cascade that is there')
    .addHelpText(
      'after',
      '\nExample:\n  cascade import-records --logits e1.npy e2.npy full.npy --labels y.npy --macs 42.9M,84.2M,125.5M --out mine.cascade',
    );
  return withCommonOptions(command).action(importFiles);
}
