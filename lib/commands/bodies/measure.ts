import { loadNetwork } from '../../artifact/attached-network.js';
import { loadManifest, type Manifest } from '../../artifact/manifest.js';
import { measureExits } from '../../cascade/measure-exits.js';
import type { LocatedDataset } from '../../data/dataset.js';
import { CascadeError } from '../../errors.js';
import { locateCascadeDataset } from '../../records/cascade-dataset.js';
import { noteUncertainTimes } from '../../report/closing-notes.js';
import { describeTimings } from '../../report/describe/describe-timings.js';
import type { Reporter } from '../../reporter.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import { noteChosenClasses } from '../common/note-chosen-classes.js';
import type { MeasureOptions } from '../measure.js';

/** Measures what every exit takes, keeps it in the cascade, and prints it as tables. */
export async function measure(
  folder: string,
  options: MeasureOptions,
  { print, reporter, signal }: CommandContext,
): Promise<void> {
  const manifest = await loadManifest(folder);
  noteChosenClasses(manifest, reporter);
  const saved = await loadNetwork(folder, manifest);
  const dataset = await datasetIfThere(folder, manifest, options, reporter);
  const engine = await openChosenEngine(options, reporter);
  const timings = await measureExits({
    ...{ folder, manifest, saved, dataset, engine, reporter, signal },
    batchSizes: options.batch,
  });
  for (const timing of timings) noteUncertainTimes(timing, reporter);
  if (options.json) return print(JSON.stringify(timings, null, 2));
  print(timings.map((timing) => describeTimings(manifest, timing)).join('\n\n'));
  reporter.note(`Next: cascade calibrate ${folder} --cost time`);
}

/** A data set that nobody named may be missing: random pixels take as long. */
async function datasetIfThere(
  folder: string,
  manifest: Manifest,
  options: MeasureOptions,
  reporter: Reporter,
): Promise<LocatedDataset | undefined> {
  try {
    return await locateCascadeDataset(folder, manifest, options);
  } catch (error) {
    if (!(error instanceof CascadeError) || options.data !== undefined || options.dataDir !== undefined)
      throw error;
    reporter.note('The data set is not there, so random pixels are timed instead; they take as long.');
    return undefined;
  }
}
