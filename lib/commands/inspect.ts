import { Command, Option } from 'commander';
import type { Backbone } from '../cascade/backbone/load-backbone.js';
import type { ReadingChoice } from '../cascade/backbone/reading.js';
import type { MacConvention } from '../network/macs.js';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { type EngineOptions, openChosenEngine, withEngineOptions } from './common/engine-options.js';
import { parseImageSize } from './common/parse.js';
import {
  noteOpenChoices,
  noteReading,
  type ReadingCommandOptions,
  readingOptions,
  withReadingOptions,
} from './common/reading-options.js';

interface InspectOptions extends CommonOptions, EngineOptions, ReadingCommandOptions {
  readonly data?: string;
  readonly dataDir?: string;
  readonly imageSize?: readonly [number, number];
  readonly macConvention: MacConvention;
}

export function inspectCommand(run: RunCommand): Command {
  const command = new Command('inspect')
    .description('show a backbone and the places for exits, with the MACs up to each')
    .argument(
      '<backbone>',
      'trained network (.th, .pt, .pth, .safetensors, .onnx, .h5, .keras, or a tfjs model.json, folder or URL)',
    )
    .option(
      '--data <name>',
      'take the image size of this data set, and try on its fitting images how pixels are normalised',
    )
    .option('--data-dir <folder>', 'where data sets are (default: $CASCADE_DATA, else ~/.cache/cascade)')
    .option(
      '--image-size <size>',
      'height and width of an image, e.g. 32 or 32x40 (default: what is usual for the architecture)',
      parseImageSize,
    )
    .addOption(
      new Option(
        '--mac-convention <name>',
        'what is counted: convolutions and FC layers, or as the paper does',
      )
        .choices(['default', 'paper'])
        .default('default'),
    )
    .addHelpText('after', '\nExample:\n  cascade inspect resnet56-4bfd9763.th');
  return withCommonOptions(withEngineOptions(withReadingOptions(command), 'with --data: ')).action(
    (file: string, options: InspectOptions) => run((context) => inspect(file, options, context), options),
  );
}

async function inspect(file: string, options: InspectOptions, context: CommandContext): Promise<void> {
  const { loadBackbone } = await import('../cascade/backbone/load-backbone.js');
  const { cutPoints } = await import('../network/cut-points.js');
  const { totalMacs } = await import('../network/macs.js');
  const { parameterCount } = await import('../network/parameter-shapes.js');
  const { grouped } = await import('../report/numbers.js');
  const { percent } = await import('../stats/percent.js');
  const { readingRows, readingTable } = await import('../report/describe-reading.js');
  const { renderTable } = await import('../report/table.js');
  const { print } = context;
  const convention = options.macConvention;
  const backbone = await loadBackbone(file, await imageSize(options), readingOptions(options));
  const { architecture, network, classes } = backbone;
  noteReading(backbone, context.reporter);
  const macs = totalMacs(network.graph, convention);
  const summary = {
    architecture,
    classes,
    input_shape: network.graph.inputShape,
    macs,
    parameters: parameterCount(network.graph),
    exits: cutPoints(network.graph, convention)
      .slice(0, -1)
      .map((cut) => ({
        block: cut.block,
        name: `block ${cut.block}`,
        shape: cut.shape,
        macs: cut.macs,
        macs_percent: percent(cut.macs / macs),
      })),
  };
  const choice =
    options.data === undefined ? undefined : await triedReadings(backbone, options.data, options, context);
  if (choice === undefined) await noteOpenChoices(backbone, options, context.reporter);
  const normalizations = choice && readingRows(choice);
  if (options.json) return print(JSON.stringify({ ...summary, normalizations }, null, 2));
  print(
    `${architecture}: ${classes} classes, images ${summary.input_shape.join('×')}, ${grouped(macs)} MACs, ${grouped(summary.parameters)} parameters\n`,
  );
  const rows = summary.exits.map((exit) => [
    exit.name,
    exit.shape.join('×'),
    grouped(exit.macs),
    `${exit.macs_percent.toFixed(1)} %`,
  ]);
  print(renderTable(['exit after', 'feature map', 'MACs up to here', 'of the network'], rows));
  if (normalizations !== undefined) print(`\n${readingTable(normalizations)}`);
}

/** What fitting images say of the ways to read the pixels; undefined, with a note, where they cannot be had or do not fit. */
async function triedReadings(
  backbone: Backbone,
  data: string,
  options: InspectOptions,
  { reporter, signal }: CommandContext,
): Promise<ReadingChoice | undefined> {
  const { checkFit } = await import('../cascade/backbone/check-fit.js');
  const { choosePreprocessing } = await import('../cascade/backbone/choose-preprocessing.js');
  const { defaultDataFolder, locateDataset, openSplit, resizedAs } = await import('../data/dataset.js');
  const { CascadeError } = await import('../errors.js');
  const { describeReading } = await import('../report/describe-reading.js');
  const { permutation } = await import('../stats/permutation.js');
  const { createRandom } = await import('../stats/random.js');
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
  const { loadDescription } = await import('../data/dataset-description.js');
  const [, height, width] = (await loadDescription(data)).description.shape;
  return [height, width];
}
