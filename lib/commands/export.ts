import path from 'node:path';
import { Command, Option } from 'commander';
import type { ExportFormat } from '../export/export-description.js';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { parseFolder, parsePercentage } from './common/parse.js';

interface ExportCommandOptions extends CommonOptions {
  readonly format: ExportFormat;
  readonly out?: string;
  readonly maxDrop?: number;
  readonly force?: boolean;
}

export function exportCommand(run: RunCommand): Command {
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
    .option(
      '--max-drop <points>',
      'another drop under the same promise, at once: 1%, 1pt or 0.01 (default: what was calibrated for)',
      parsePercentage,
    )
    .option('--force', 'replace an export that is there')
    .addHelpText('after', '\nExample:\n  cascade export r56.cascade --format onnx --out r56-onnx');
  return withCommonOptions(command).action((folder: string, options: ExportCommandOptions) =>
    run((context) => writeExport(folder, options, context), options),
  );
}

async function writeExport(
  folder: string,
  { format, out, maxDrop, force, json }: ExportCommandOptions,
  { print, version }: CommandContext,
): Promise<void> {
  const { exportCascade } = await import('../export/export-cascade.js');
  const { grouped } = await import('../report/numbers.js');
  const { renderTable } = await import('../report/table.js');
  const target = out ?? `${path.basename(folder).replace(/\.cascade$/, '')}-${format}`;
  const description = await exportCascade(folder, {
    format,
    out: target,
    maxDrop,
    force: force ?? false,
    version,
  });
  if (json) return print(JSON.stringify(description, null, 2));
  const { segments, single_file: one, batch_file: many } = description;
  const whole = one === undefined ? '' : `, and all in one as ${one} (one image) and ${many}`;
  print(`${target}: ${segments.length} segments, described in export.json${whole}\n`);
  const rows = segments.map(({ file, block, threshold, macs }) => [
    file,
    block === null ? 'full network' : `block ${block}`,
    threshold === null ? '–' : threshold.toFixed(4),
    grouped(macs),
  ]);
  print(renderTable(['file', 'ends after', 'threshold', 'MACs of an image that leaves'], rows));
}
