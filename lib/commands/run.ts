import { createInterface, type Interface } from 'node:readline';
import { Command, Option } from 'commander';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { type EngineOptions, openChosenEngine, withEngineOptions } from './common/engine-options.js';
import { parseCount, parsePercentage } from './common/parse.js';

interface RunOptions extends CommonOptions, EngineOptions {
  readonly maxDrop?: number;
  readonly format: 'table' | 'csv' | 'jsonl';
  readonly onBadImage: 'skip' | 'stop';
  readonly batch?: number;
}

export function runCommand(run: RunCommand): Command {
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
      parsePercentage,
    )
    .addOption(
      new Option('--format <name>', 'of the output').choices(['table', 'csv', 'jsonl']).default('table'),
    )
    .addOption(
      new Option('--on-bad-image <what>', 'that cannot be decoded').choices(['skip', 'stop']).default('skip'),
    )
    .option(
      '--batch <images>',
      'that are computed at once (default: 32, fewer of large ones); results come batch by batch, those of a table by the thousand',
      parseCount,
    )
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
  paths: readonly string[],
  options: RunOptions,
  { print, reporter, signal }: CommandContext,
): Promise<void> {
  const { loadNetwork } = await import('../artifact/attached-network.js');
  const { chosenCalibration } = await import('../artifact/chosen-calibration.js');
  const { classifyFiles } = await import('../cascade/classify-files.js');
  const { loadManifest } = await import('../artifact/manifest.js');
  const { checkImagePaths, imageFiles } = await import('../data/image-files.js');
  const { batchSizeFor, MOST_BATCHED } = await import('../engine/stream-images.js');
  const { CascadeError, usageError } = await import('../errors.js');
  const { classificationPrinter } = await import('../report/classification-printer.js');
  const { maxDrop, batch, format, onBadImage } = options;
  if (options.json && format !== 'table')
    throw usageError(`--json and --format ${format} are two formats; give one of them.`);
  if (batch !== undefined && !(batch >= 1 && batch <= MOST_BATCHED))
    throw usageError(`--batch takes 1 to ${MOST_BATCHED}.`);
  const manifest = await loadManifest(folder);
  const calibration = await chosenCalibration(folder, manifest, maxDrop);
  const fromInput = paths.length === 0 || (paths.length === 1 && paths[0] === '-');
  if (!fromInput) for (const note of await checkImagePaths(paths)) reporter.note(note);
  const saved = await loadNetwork(folder, manifest);
  const engine = await openChosenEngine(options, reporter);
  const printer = classificationPrinter(options.json ? 'json' : format, print);
  let [good, bad] = [0, 0];
  const input = fromInput ? createInterface({ input: process.stdin, signal }) : undefined;
  try {
    await classifyFiles(engine, saved, manifest, imageFiles(input === undefined ? paths : linesOf(input)), {
      calibration,
      batchSize: batch ?? batchSizeFor(saved.network.graph.inputShape),
      signal,
      onResult: (result) => {
        good++;
        printer.add(result);
      },
      onBadImage:
        onBadImage === 'stop'
          ? undefined
          : (error) => {
              bad++;
              reporter.note(error.message);
            },
    });
  } finally {
    // Otherwise an open standard input keeps the process.
    input?.close();
    if (good > 0) printer.end();
  }
  if (good + bad === 0)
    throw usageError('No image was given; name files or folders, or send paths to standard input.');
  if (good === 0) printer.end();
  if (bad > 0)
    throw new CascadeError(
      `${bad} of ${good + bad} images could not be read${good > 0 ? '; the others are above' : ''}.`,
    );
}

async function* linesOf(input: Interface): AsyncGenerator<string> {
  const { usageError } = await import('../errors.js');
  for await (const line of input) {
    if (line.includes('\0'))
      throw usageError('Standard input holds zero bytes; send paths one a line (find without -print0).');
    if (line.trim() !== '') yield line;
  }
}
