import { loadCalibrations } from '../../artifact/calibrations.js';
import { calibrationOf } from '../../artifact/chosen-calibration.js';
import { loadManifest, type Manifest } from '../../artifact/manifest.js';
import { loadTimings } from '../../artifact/timings/timings.js';
import { imagesOf } from '../../cascade/explain/answered-images.js';
import { type Explanation, explainCascade } from '../../cascade/explain/explain-cascade.js';
import { type Thumbnails, thumbnails } from '../../cascade/explain/thumbnails.js';
import { CascadeError, usageError } from '../../errors.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { locateCascadeDataset, openCascadeSplit } from '../../records/cascade-dataset.js';
import { cascadeFingerprint } from '../../records/shards.js';
import { measuredLatency } from '../../report/page/latency.js';
import { reportPage } from '../../report/page/report-page.js';
import type { Reported } from '../../report/page/reported.js';
import { calibrationSuffix } from '../../report/results/point-suffix.js';
import { pricesOfChoice } from '../common/chosen-prices.js';
import type { CommandContext } from '../common/context.js';
import type { ReportOptions } from '../report.js';

/** Images that stand for each exit. */
const EACH_EXIT = 8;

/** Writes the page and prints its name. */
export async function report(
  folders: readonly string[],
  options: ReportOptions,
  { print, reporter, version, invocation }: CommandContext,
): Promise<void> {
  const { out } = options;
  if (!/\.html?$/i.test(out)) throw usageError(`--out ${out} must end in .html.`);
  for (const name of ['data', 'dataDir'] as const)
    if (options.pictures === 0 && options[name] !== undefined)
      throw usageError(
        `--${name === 'data' ? name : 'data-dir'} says where pictures are taken from, and --pictures 0 shows none; leave one of them out.`,
      );
  const reported: Reported[] = [];
  for (const folder of folders) {
    const each = await reportedOf(folder, options);
    if (typeof each.pictures === 'string' && options.pictures > 0) reporter.note(each.pictures);
    reported.push(each);
  }
  await writeFileAtomically(out, await reportPage(reported, { command: invocation.line, version }));
  print(out);
}

async function reportedOf(folder: string, options: ReportOptions): Promise<Reported> {
  const manifest = await loadManifest(folder);
  const calibrations = await loadCalibrations(folder, manifest);
  const calibration = calibrationOf(calibrations, options.use, folder);
  const prices = pricesOfChoice(await loadTimings(folder, manifest), folder, manifest, {}, calibration);
  const shown = { eachExit: EACH_EXIT, changed: options.pictures };
  const explanation = await explainCascade(folder, manifest, calibration, prices, shown);
  return {
    ...explanation,
    folder,
    fingerprint: await cascadeFingerprint(folder),
    pictures: await picturesOf(folder, manifest, explanation, options),
    latency: await measuredLatency(
      options.results,
      manifest,
      calibration,
      calibrationSuffix(calibrations, calibration),
    ),
  };
}

/** Pictures, or why there are none: a data set that nobody named need not be there. */
async function picturesOf(
  folder: string,
  manifest: Manifest,
  { labels, calibration, shown }: Explanation,
  options: ReportOptions,
): Promise<Thumbnails | string> {
  const { data, dataDir, pictures } = options;
  if (pictures === 0) return 'This report was made without pictures of images.';
  try {
    const dataset = await locateCascadeDataset(folder, manifest, options);
    const source = await openCascadeSplit(folder, manifest, dataset, 'test');
    try {
      return await thumbnails(manifest, source, labels, calibration.split_seed, imagesOf(shown));
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof CascadeError) || data !== undefined || dataDir !== undefined) throw error;
    return `No pictures of images: ${error.message}`;
  }
}
