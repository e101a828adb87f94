import path from 'node:path';
import { fittingRows } from '../../cascade/attach/fitting-rows.js';
import { checkFit } from '../../cascade/backbone/check-fit.js';
import { choosePreprocessing } from '../../cascade/backbone/choose-preprocessing.js';
import { type Backbone, loadBackbone } from '../../cascade/backbone/load-backbone.js';
import { loadBackboneFor } from '../../cascade/backbone/load-backbone-for.js';
import type { ReadingChoice } from '../../cascade/backbone/reading.js';
import { inspectBackbone } from '../../cascade/inspect-backbone.js';
import { PROBE_SEED, probeBackbone } from '../../cascade/probe/probe-backbone.js';
import type { Probed } from '../../cascade/probe/probe-exits.js';
import { defaultDataFolder, locateDataset, openSplit, resizedAs } from '../../data/dataset.js';
import { loadDescription } from '../../data/dataset-description.js';
import { CascadeError, usageError } from '../../errors.js';
import { splitFingerprint } from '../../records/shards.js';
import { resultsFolder } from '../../report/csv.js';
import { describeBackbone } from '../../report/describe/describe-backbone.js';
import { describeAssumptions } from '../../report/describe/describe-open-choices.js';
import { describeProbed } from '../../report/describe/describe-probed.js';
import { describeReading, readingRows, readingTable } from '../../report/describe/describe-reading.js';
import { datasetTitles } from '../../report/plot/dataset-titles.js';
import { probeSpecification } from '../../report/plot/probe/plot-probe.js';
import { type ProbeCsvRow, probeCsvRows } from '../../report/probe-rows.js';
import type { RunSources } from '../../report/results/sources.js';
import { writeResults } from '../../report/results/write-results.js';
import { pictureFiles, writePicture } from '../../report/write-picture.js';
import { permutation } from '../../stats/permutation.js';
import { createRandom } from '../../stats/random.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import { readingOptions } from '../common/reading-options.js';
import type { InspectOptions } from '../inspect.js';

/** Prints what a backbone is and where exits may stand; with a data set, how its pixels are read. */
export async function inspect(file: string, options: InspectOptions, context: CommandContext): Promise<void> {
  const { print, reporter } = context;
  const backbone = await readBackbone(file, options);
  for (const note of backbone.notes) reporter.note(note);
  const summary = inspectBackbone(backbone, options.macConvention);
  const { choice, probed } =
    options.data === undefined ? NOTHING_TRIED : await tried(backbone, options.data, options, context);
  if (choice === undefined) for (const note of describeAssumptions(backbone, options)) reporter.note(note);
  const normalizations = choice && readingRows(choice);
  const probes = probed && (await writeProbes(file, backbone, probed, options, context));
  if (options.json) return print(JSON.stringify({ ...summary, normalizations, probes }, null, 2));
  print(describeBackbone(summary));
  if (normalizations !== undefined) print(`\n${readingTable(normalizations)}`);
  if (probed !== undefined) print(`\n${describeProbed(probed)}`);
}

/** What the fitting images of a data set say of a backbone. */
interface Tried {
  /** How its pixels are read. */
  readonly choice?: ReadingChoice;
  /** What probes after its blocks have right on the data set of a name, where they are asked for. */
  readonly probed?: Probed & {
    readonly dataset: string;
    readonly images: RunSources['data'][number];
  };
}

const NOTHING_TRIED: Tried = {};

/** Nothing, with a note, where the images cannot be had or do not fit, unless probes are asked for. */
async function tried(
  backbone: Backbone,
  data: string,
  options: InspectOptions,
  { reporter, signal }: CommandContext,
): Promise<Tried> {
  const engine = await openChosenEngine(options, reporter);
  try {
    const located = await locateDataset(data, options.dataDir ?? defaultDataFolder());
    const dataset = resizedAs(located, backbone.preprocessing);
    checkFit(backbone, dataset);
    const source = await openSplit(dataset, dataset.description.splits.fit);
    try {
      const sample = permutation(source.count, createRandom(PROBE_SEED));
      const trial = { engine, source, sample, reporter, signal };
      const choice = await choosePreprocessing(backbone, dataset, {}, trial);
      reporter.note(describeReading(choice));
      if (!options.probe) return { choice };
      const rows = fittingRows(source, PROBE_SEED);
      const context = {
        engine,
        source,
        rows,
        classes: backbone.classes,
        fitBackend: options.backend,
        reporter,
        signal,
      };
      const probed = await probeBackbone(choice.chosen.reading, context);
      const images = {
        source: source.name,
        images: source.count,
        sha256: splitFingerprint(source, dataset.description.preprocessing),
      };
      return { choice, probed: { ...probed, dataset: dataset.description.name, images } };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (options.probe || !(error instanceof CascadeError)) throw error;
    reporter.note(`How pixels are normalised was not tried: ${error.message}`);
    return NOTHING_TRIED;
  }
}

/** Writes `probe.csv` and its picture; tells where. */
async function writeProbes(
  file: string,
  backbone: Backbone,
  { dataset, images, ...probed }: NonNullable<Tried['probed']>,
  { results }: InspectOptions,
  context: CommandContext,
): Promise<readonly ProbeCsvRow[]> {
  const { name } = path.parse(file);
  const rows = probeCsvRows({ backbone: name, dataset, seed: PROBE_SEED }, probed);
  const folder = resultsFolder(results, { name });
  await writeResults(context, {
    folder,
    name: 'inspect',
    tables: { 'probe.csv': rows },
    sources: { weights: [{ file: path.basename(file), sha256: backbone.sha256 }], data: [images] },
  });
  const titles = await datasetTitles([dataset]);
  const picture = probeSpecification(
    rows.map((row) => ({ ...row, head: row.head ?? '', dataset: titles.get(dataset)! })),
  );
  await writePicture(picture, pictureFiles(folder, 'probe'));
  context.reporter.note(`probe.csv and its picture are in ${folder}.`);
  return rows;
}

/** With a data set for its images and classes; else as a whole, at the size that is given or usual for the architecture. */
async function readBackbone(file: string, options: InspectOptions): Promise<Backbone> {
  const { data, imageSize } = options;
  const reading = readingOptions(options);
  if (data !== undefined && imageSize !== undefined)
    throw usageError('--data and --image-size both say how large the images are; leave one of them out.');
  if (data === undefined) return ofSize(await loadBackbone(file, imageSize, reading), imageSize);
  return loadBackboneFor(file, (await loadDescription(data)).description, reading);
}

/** @throws CascadeError if the file says itself how large images are, and a user says otherwise. */
function ofSize(backbone: Backbone, wanted: InspectOptions['imageSize']): Backbone {
  const size = backbone.network.graph.inputShape.slice(1);
  if (wanted === undefined || wanted.join() === size.join()) return backbone;
  throw usageError(
    `--image-size ${wanted.join('x')} cannot be: ${backbone.file} is made for images of ${size.join('x')} and says so itself; leave the option out.`,
  );
}
