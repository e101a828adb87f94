import { checkFit } from '../../cascade/backbone/check-fit.js';
import { choosePreprocessing } from '../../cascade/backbone/choose-preprocessing.js';
import { type Backbone, loadBackbone } from '../../cascade/backbone/load-backbone.js';
import type { ReadingChoice } from '../../cascade/backbone/reading.js';
import { inspectBackbone } from '../../cascade/inspect-backbone.js';
import { defaultDataFolder, locateDataset, openSplit, resizedAs } from '../../data/dataset.js';
import { loadDescription } from '../../data/dataset-description.js';
import { CascadeError } from '../../errors.js';
import { describeBackbone } from '../../report/describe/describe-backbone.js';
import { describeAssumptions } from '../../report/describe/describe-open-choices.js';
import { describeReading, readingRows, readingTable } from '../../report/describe/describe-reading.js';
import { permutation } from '../../stats/permutation.js';
import { createRandom } from '../../stats/random.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import { readingOptions } from '../common/reading-options.js';
import type { InspectOptions } from '../inspect.js';

/** Prints what a backbone is and where exits may stand; with a data set, how its pixels are read. */
export async function inspect(file: string, options: InspectOptions, context: CommandContext): Promise<void> {
  const { print, reporter } = context;
  const backbone = await loadBackbone(file, await imageSize(options), readingOptions(options));
  for (const note of backbone.notes) reporter.note(note);
  const summary = inspectBackbone(backbone, options.macConvention);
  const choice =
    options.data === undefined ? undefined : await triedReadings(backbone, options.data, options, context);
  if (choice === undefined) for (const note of describeAssumptions(backbone, options)) reporter.note(note);
  const normalizations = choice && readingRows(choice);
  if (options.json) return print(JSON.stringify({ ...summary, normalizations }, null, 2));
  print(describeBackbone(summary));
  if (normalizations !== undefined) print(`\n${readingTable(normalizations)}`);
}

/** What fitting images say of the ways to read the pixels; undefined, with a note, where they cannot be had or do not fit. */
async function triedReadings(
  backbone: Backbone,
  data: string,
  options: InspectOptions,
  { reporter, signal }: CommandContext,
): Promise<ReadingChoice | undefined> {
  const engine = await openChosenEngine(options, reporter);
  try {
    const located = await locateDataset(data, options.dataDir ?? defaultDataFolder());
    const dataset = resizedAs(located, backbone.preprocessing);
    checkFit(backbone, dataset);
    const source = await openSplit(dataset, dataset.description.splits.fit);
    try {
      const sample = permutation(source.count, createRandom(0));
      const choice = await choosePreprocessing(backbone, dataset, {}, source, sample, engine, {
        reporter,
        signal,
      });
      reporter.note(describeReading(choice));
      return choice;
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof CascadeError)) throw error;
    reporter.note(`How pixels are normalised was not tried: ${error.message}`);
    return undefined;
  }
}

/** Undefined for what is usual for the architecture. */
async function imageSize({
  data,
  imageSize,
}: InspectOptions): Promise<readonly [number, number] | undefined> {
  if (data === undefined) return imageSize;
  const [, height, width] = (await loadDescription(data)).description.shape;
  return [height, width];
}
