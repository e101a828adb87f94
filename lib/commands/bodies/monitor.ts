import { rm, stat } from 'node:fs/promises';
import { loadNetwork } from '../../artifact/attached-network.js';
import { chosenCalibration } from '../../artifact/chosen-calibration.js';
import { loadManifest } from '../../artifact/manifest.js';
import { classifyFiles } from '../../cascade/classify-files.js';
import { calibrationImages } from '../../cascade/monitor/calibration-images.js';
import { DEFAULT_SHARE, Monitor, otherThan, stateFile } from '../../cascade/monitor/monitor.js';
import { type MonitorReport, monitorReport } from '../../cascade/monitor/monitor-report.js';
import { loadMonitorState, type MonitorReference } from '../../cascade/monitor/monitor-state.js';
import { checkReferenceNames, measuredReference } from '../../cascade/monitor/reference.js';
import { listedImages } from '../../data/listed-images.js';
import { batchSizeFor } from '../../engine/stream-images.js';
import { CascadeError, EXIT_CODE, usageError } from '../../errors.js';
import { alarmSentence, describeMonitor } from '../../report/monitor/describe-monitor.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import { noteChosenClasses } from '../common/note-chosen-classes.js';
import type { MonitorCommandOptions } from '../monitor.js';

/** Shows a monitor's state, or begins one. */
export async function monitor(
  watched: string,
  options: MonitorCommandOptions,
  context: CommandContext,
): Promise<void> {
  const report =
    options.reference === undefined
      ? await stateOf(watched, options, context)
      : await begun(watched, options.reference, options, context);
  context.print(options.json ? JSON.stringify(report, null, 2) : describeMonitor(report));
  if (report.alarm !== null) throw new CascadeError(alarmSentence(report), EXIT_CODE.alarm);
  if (options.reference !== undefined)
    context.reporter.note(`Next: cascade run ${watched} <images> --monitor 1%`);
}

async function stateOf(
  watched: string,
  { monitorState }: MonitorCommandOptions,
  { reporter }: CommandContext,
): Promise<MonitorReport> {
  const isFile = (await stat(watched).catch(() => undefined))?.isFile();
  if (!isFile) await loadManifest(watched);
  const file = isFile ? watched : stateFile(watched, monitorState);
  const state = await loadMonitorState(file);
  if (state !== undefined) {
    const other = isFile ? undefined : await otherThan(state, watched, {});
    if (other !== undefined)
      reporter.note(`${file} ${other}: it says nothing of ${watched} as it is calibrated now.`);
    return monitorReport(state);
  }
  throw usageError(`${file} is not there; begin with \`cascade run ${watched} <images> --monitor 1%\`.`);
}

async function begun(
  folder: string,
  images: readonly string[],
  options: MonitorCommandOptions,
  context: CommandContext,
): Promise<MonitorReport> {
  const { use, maxDrop, falseAlarms, monitorSeed: seed, monitorState: state, force } = options;
  const file = stateFile(folder, state);
  if (!force && (await stat(file).catch(() => undefined)) !== undefined)
    throw usageError(`${file} is there already; name another --monitor-state, or add --force to replace it.`);
  // Only a state is replaced, whatever name was given for one.
  await loadMonitorState(file);
  const reference = await referenceOf(folder, images, options, context);
  await rm(file, { force: true });
  const given = { share: DEFAULT_SHARE, falseAlarms, seed, state, use, maxDrop, reference };
  const opened = await Monitor.open(folder, given);
  await opened.close();
  return opened.report;
}

/** How often cascade and full network disagree on images. */
async function referenceOf(
  folder: string,
  images: readonly string[],
  options: MonitorCommandOptions,
  { reporter, signal }: CommandContext,
): Promise<MonitorReference> {
  const manifest = await loadManifest(folder);
  noteChosenClasses(manifest, reporter);
  const calibration = await chosenCalibration(folder, manifest, options);
  checkReferenceNames(images, calibration);
  const files = await listedImages(images, reporter.note);
  const choseThresholds = await calibrationImages(folder, manifest, calibration);
  const saved = await loadNetwork(folder, manifest);
  const engine = await openChosenEngine(options, reporter);
  const batchSize = batchSizeFor(saved.network.graph.inputShape);
  const bar = reporter.bar('Comparing', files.length);
  let done = 0;
  try {
    return await measuredReference(images.join(' '), choseThresholds, (checks) =>
      classifyFiles(engine, saved, manifest, each(files), {
        ...{ calibration, batchSize, checks, signal },
        onResult: () => bar.update(++done),
        onBadImage: undefined,
      }),
    );
  } finally {
    bar.stop();
  }
}

async function* each(files: readonly string[]): AsyncGenerator<string> {
  yield* files;
}
