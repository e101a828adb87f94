import { Command, Option } from 'commander';
import type { ExportFormat } from '../export/export-description.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import type { Action } from './common/load-body.js';
import { parseDrop, parseFolder } from './common/parse.js';
import { USE } from './common/use-option.js';

export interface ExportCommandOptions extends CommonOptions {
  readonly format: ExportFormat;
  readonly out?: string;
  readonly use?: string;
  readonly maxDrop?: number;
  readonly force?: boolean;
}

export function exportCommand(writeExport: Action<[folder: string, options: ExportCommandOptions]>): Command {
  const command = new Command('export')
    .description('write a calibrated cascade as files that other runtimes load')
    .argument('<cascade>', 'a calibrated cascade')
    .addOption(
      new Option(
        '--format <name>',
        'onnx: a file a segment, and one with If nodes; tfjs: for browsers and Node',
      )
        .choices(['onnx', 'tfjs'])
        .default('onnx'),
    )
    .option(
      '--out <folder>',
      'the folder to make (default: the name of the cascade and the format)',
      parseFolder,
    )
    .option(...USE)
    .option(
      '--max-drop <points>',
      'another drop under the same promise, at once: 1%, 1pt or 0.01 (default: what was calibrated for)',
      parseDrop,
    )
    .option('--force', 'replace an export that is there')
    .addHelpText('after', '\nExample:\n  cascade export r56.cascade --format onnx --out r56-onnx');
  return withCommonOptions(command).action(writeExport);
}
