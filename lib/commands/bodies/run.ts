import { createInterface, type Interface } from 'node:readline';
import { loadNetwork } from '../../artifact/attached-network.js';
import { chosenCalibration } from '../../artifact/chosen-calibration.js';
import { loadManifest } from '../../artifact/manifest.js';
import { classifyFiles } from '../../cascade/classify-files.js';
import { checkImagePaths, imageFiles } from '../../data/image-files.js';
import { MOST_BATCHED } from '../../engine/most-batched.js';
import { batchSizeFor } from '../../engine/stream-images.js';
import { CascadeError, usageError } from '../../errors.js';
import { classificationPrinter } from '../../report/classification-printer.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import type { RunOptions } from '../run.js';

/** Prints what a cascade says about images, as they come. */
export async function classify(
  folder: string,
  paths: readonly string[],
  options: RunOptions,
  { print, reporter, signal }: CommandContext,
): Promise<void> {
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
  for await (const line of input) {
    if (line.includes('\0'))
      throw usageError('Standard input holds zero bytes; send paths one a line (find without -print0).');
    if (line.trim() !== '') yield line;
  }
}
