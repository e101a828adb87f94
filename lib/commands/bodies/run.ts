import { createInterface, type Interface } from 'node:readline';
import { loadNetwork } from '../../artifact/attached-network.js';
import { chosenCalibration } from '../../artifact/chosen-calibration.js';
import { withFolderLock } from '../../artifact/folders/folder-lock.js';
import { loadManifest } from '../../artifact/manifest.js';
import { classifyFiles } from '../../cascade/classify-files.js';
import { DEFAULT_SHARE, Monitor, stateFile } from '../../cascade/monitor/monitor.js';
import { grouped } from '../../counted.js';
import { checkImagePaths, imageFiles } from '../../data/image-files.js';
import { MOST_BATCHED } from '../../engine/most-batched.js';
import { batchSizeFor } from '../../engine/stream-images.js';
import { CascadeError, EXIT_CODE, usageError } from '../../errors.js';
import { classificationPrinter } from '../../report/classification-printer.js';
import { alarmSentence } from '../../report/monitor/describe-monitor.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import type { RunOptions } from '../run.js';

/** Prints what a cascade says about images, as they come, and watches them where that is asked for. */
export async function classify(
  folder: string,
  paths: readonly string[],
  options: RunOptions,
  context: CommandContext,
): Promise<void> {
  if (options.monitor === undefined) return classifyImages(folder, paths, options, context);
  // Before the lock, which would make the folder.
  await loadManifest(folder);
  const file = stateFile(folder, options.monitorState);
  await withFolderLock(file, () => classifyWatched(folder, paths, options, context), context.reporter.note);
}

async function classifyWatched(
  folder: string,
  paths: readonly string[],
  options: RunOptions,
  context: CommandContext,
): Promise<void> {
  const { monitor: share = DEFAULT_SHARE, monitorState: state, falseAlarms, monitorSeed: seed } = options;
  const { note } = context.reporter;
  const monitor = await Monitor.open(folder, {
    ...{ share, falseAlarms, seed, state, use: options.use, maxDrop: options.maxDrop },
    onAlarm: ({ images }) => note(`The alarm is raised at image ${grouped(images)}; the run goes on.`),
  });
  try {
    await classifyImages(folder, paths, options, context, monitor);
  } catch (error) {
    // That some images could not be read must not hide an alarm.
    const isFailure = error instanceof CascadeError && error.code === 'CASCADE_FAILED';
    if (monitor.report.alarm === null || !isFailure) throw error;
    note(error.message);
  }
  if (monitor.report.alarm !== null) throw new CascadeError(alarmSentence(monitor.report), EXIT_CODE.alarm);
}

async function classifyImages(
  folder: string,
  paths: readonly string[],
  options: RunOptions,
  { print, reporter, signal }: CommandContext,
  monitor?: Monitor,
): Promise<void> {
  const { batch, format, onBadImage } = options;
  if (options.json && format !== 'table')
    throw usageError(`--json and --format ${format} are two formats; give one of them.`);
  if (batch !== undefined && !(batch >= 1 && batch <= MOST_BATCHED))
    throw usageError(`--batch takes 1 to ${MOST_BATCHED}.`);
  const manifest = await loadManifest(folder);
  const calibration = await chosenCalibration(folder, manifest, options);
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
      checks: monitor,
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
  if (bad > 0) throw new CascadeError(unreadable(bad, good));
}

/** How many images are missing, and that the others are not. */
function unreadable(bad: number, good: number): string {
  if (good === 0)
    return bad === 1 ? 'The image could not be read.' : `None of the ${grouped(bad)} images could be read.`;
  return `${grouped(bad)} of ${grouped(good + bad)} images could not be read; ${good === 1 ? 'the other one was' : `the other ${grouped(good)} were`} classified.`;
}

async function* linesOf(input: Interface): AsyncGenerator<string> {
  for await (const line of input) {
    if (line.includes('\0'))
      throw usageError('Standard input holds zero bytes; send paths one a line (find without -print0).');
    if (line.trim() !== '') yield line;
  }
}
