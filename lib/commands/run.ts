import { Command, Option } from 'commander';
import type { Classification } from '../cascade/classify-files.js';
import { type CommandContext, type CommonOptions, type RunCommand, withCommonOptions } from './context.js';
import { type EngineOptions, openChosenEngine, withEngineOptions } from './engine-options.js';
import { parseCount, parsePercentage } from './parse.js';

interface RunOptions extends CommonOptions, EngineOptions {
  readonly maxDrop?: number;
  readonly format: 'table' | 'csv' | 'jsonl';
  readonly onBadImage: 'skip' | 'stop';
  readonly batch: number;
}

export function runCommand(run: RunCommand): Command {
  const command = new Command('run')
    .description('classify images with a calibrated cascade that really stops early')
    .argument('<cascade>', 'a calibrated cascade')
    .argument('[images...]', 'image files and folders (default: paths from standard input, one a line)')
    .option(
      '--max-drop <points>',
      'another drop under the same promise, at once: 1%, 1pt or 0.01 (default: what was calibrated for)',
      parsePercentage,
    )
    .addOption(
      new Option('--format <name>', 'of the output').choices(['table', 'csv', 'jsonl']).default('table'),
    )
    .addOption(
      new Option('--on-bad-image <what>', 'that cannot be decoded').choices(['skip', 'stop']).default('skip'),
    )
    .option('--batch <images>', 'that are computed at once', parseCount, 32)
    .addHelpText(
      'after',
      '\nExamples:\n  cascade run r56.cascade cat.png photos/\n  find photos -name "*.png" | cascade run r56.cascade --format csv',
    );
  return withCommonOptions(withEngineOptions(command)).action(
    (folder: string, images: string[], options: RunOptions) =>
      run((context) => classify(folder, images, options, context), options),
  );
}

async function classify(
  folder: string,
  images: readonly string[],
  options: RunOptions,
  { print, reporter, signal }: CommandContext,
): Promise<void> {
  const { loadNetwork } = await import('../cascade/attached-network.js');
  const { chosenCalibration } = await import('../cascade/chosen-calibration.js');
  const { classifyFiles } = await import('../cascade/classify-files.js');
  const { loadManifest } = await import('../cascade/manifest.js');
  const { listImages } = await import('../data/image-files.js');
  const { CascadeError, usageError } = await import('../errors.js');
  const { maxDrop, batch: batchSize, onBadImage } = options;
  if (batchSize < 1) throw usageError('--batch takes at least 1.');
  const manifest = await loadManifest(folder);
  const calibration = await chosenCalibration(folder, manifest, maxDrop);
  const saved = await loadNetwork(folder);
  const files = await listImages(images.length > 0 ? images : await pathsFromInput());
  if (files.length === 0)
    throw usageError('No image was given; name files or folders, or send paths to standard input.');
  let bad = 0;
  const output = outputOf(options.json ? 'json' : options.format, print);
  await classifyFiles(await openChosenEngine(options, reporter), saved, manifest, files, {
    calibration,
    batchSize,
    signal,
    onResult: output.add,
    onBadImage: (error) => {
      if (onBadImage === 'stop') throw error;
      bad++;
      reporter.note(error.message);
    },
  });
  await output.end();
  if (bad > 0)
    throw new CascadeError(`${bad} of ${files.length} images could not be decoded; the others are above.`);
}

async function pathsFromInput(): Promise<readonly string[]> {
  const { createInterface } = await import('node:readline/promises');
  const paths: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) if (line !== '') paths.push(line);
  return paths;
}

interface Output {
  add(result: Classification): void;
  end(): Promise<void>;
}

/** Rows are printed as they come, except where the table or the array needs them all. */
function outputOf(format: RunOptions['format'] | 'json', print: (text: string) => void): Output {
  const all: Classification[] = [];
  const keep = (result: Classification): void => {
    all.push(result);
  };
  switch (format) {
    case 'jsonl':
      return { add: (result) => print(JSON.stringify(result)), end: async () => {} };
    case 'json':
      return { add: keep, end: async () => print(JSON.stringify(all, null, 2)) };
    case 'csv':
      return {
        add: keep,
        end: async () => {
          const { csvText } = await import('../report/csv.js');
          print(csvText(all).trimEnd());
        },
      };
    case 'table':
      return {
        add: keep,
        end: async () => {
          const { grouped } = await import('../report/numbers.js');
          const { renderTable } = await import('../report/table.js');
          const rows = all.map((row) => [
            row.image,
            row.class_name,
            `${row.probability_percent.toFixed(1)} %`,
            row.block === null ? 'full network' : `block ${row.block}`,
            grouped(row.macs),
          ]);
          print(renderTable(['image', 'class', 'probability', 'left at', 'MACs'], rows));
        },
      };
  }
}
