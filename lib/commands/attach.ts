import { Command, Option } from 'commander';
import type { GivenPreprocessing } from '../cascade/backbone/choose-preprocessing.js';
import { CHANNEL_ORDERS, type ChannelOrder } from '../network/pixel-input.js';
import type { OnBadImage } from '../records/usable-split.js';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { type EngineOptions, openChosenEngine, withEngineOptions } from './common/engine-options.js';
import { parseCount, parseFolder, parseNumbers, parseSeed } from './common/parse.js';
import {
  noteReading,
  type ReadingCommandOptions,
  readingOptions,
  withReadingOptions,
} from './common/reading-options.js';

export interface AttachCommandOptions extends CommonOptions, EngineOptions, ReadingCommandOptions {
  readonly data: string;
  readonly dataDir?: string;
  readonly out?: string;
  readonly exits: string;
  readonly heads: string;
  readonly augment: number;
  readonly fitImages?: number;
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly channels?: ChannelOrder;
  readonly onBadImage: OnBadImage;
  readonly seed: number;
  readonly force?: boolean;
  readonly forceBackbone?: boolean;
}

/** What `cascade attach` does where its user says nothing. */
export const ATTACH_DEFAULTS = {
  exits: 'stages',
  heads: 'mlp',
  augment: 1,
  onBadImage: 'stop',
  seed: 0,
} as const;

export function attachCommand(run: RunCommand): Command {
  const command = new Command('attach')
    .description('attach exits to a trained backbone, fit their heads, record all outputs')
    .argument(
      '<backbone>',
      'trained network (.th, .pt, .pth, .safetensors, .onnx, .h5, .keras, or a tfjs model.json, folder or URL)',
    )
    .requiredOption(
      '--data <name>',
      'data set: a name that `cascade fetch` lists, or a folder with a dataset.json',
    )
    .option('--data-dir <folder>', 'where data sets are (default: $CASCADE_DATA, else ~/.cache/cascade)')
    .option(
      '--out <folder>',
      'the cascade to make (default: the name of the backbone with .cascade)',
      parseFolder,
    )
    .option(
      '--exits <places>',
      'stages, all, a number, or blocks such as 8,17 (one alone with a comma: 8,)',
      ATTACH_DEFAULTS.exits,
    )
    .option(
      '--heads <kinds>',
      'linear, paper, mlp, conv or conv1x1; or one a block, such as 6:mlp,10:conv',
      ATTACH_DEFAULTS.heads,
    )
    .option(
      '--augment <passes>',
      'extra passes over cropped and flipped fitting images',
      parseCount,
      ATTACH_DEFAULTS.augment,
    )
    .option('--fit-images <number>', 'fit on so many images, chosen at random (default: all)', parseCount)
    .option(
      '--mean <numbers>',
      'mean of each channel, 0 to 1 (default: of those in use, what fitting images are likeliest under)',
      parseNumbers,
    )
    .option('--std <numbers>', 'standard deviation of each channel, likewise', parseNumbers)
    .addOption(
      new Option(
        '--channels <order>',
        'order in which the backbone takes the channels (default: likewise)',
      ).choices(CHANNEL_ORDERS),
    )
    .addOption(
      new Option(
        '--on-bad-image <what>',
        'stop at an image that cannot be decoded, or skip: decode all once beforehand and leave such images out',
      )
        .choices(['stop', 'skip'])
        .default(ATTACH_DEFAULTS.onBadImage),
    )
    .option('--seed <number>', 'of everything random', parseSeed, ATTACH_DEFAULTS.seed)
    .option('--force', 'replace a cascade that is there')
    .option('--force-backbone', 'attach also to a backbone that is no better than chance')
    .addHelpText(
      'after',
      '\nExample:\n  cascade attach resnet56-4bfd9763.th --data cifar10 --exits 8,17 --out r56.cascade',
    );
  return withCommonOptions(withEngineOptions(withReadingOptions(command))).action(
    (file: string, options: AttachCommandOptions) =>
      run((context) => attach(file, options, context), options),
  );
}

/** Attaches exits and prints what was made. */
export async function attach(
  file: string,
  options: AttachCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { attach: makeCascade } = await import('../cascade/attach/attach.js');
  const { loadBackbone } = await import('../cascade/backbone/load-backbone.js');
  const { defaultDataFolder, locateDataset, resizedAs } = await import('../data/dataset.js');
  const { describeReading } = await import('../report/describe-reading.js');
  const { grouped } = await import('../report/numbers.js');
  const { renderTable } = await import('../report/table.js');
  const { reporter, signal, version, print } = context;

  const located = await locateDataset(options.data, options.dataDir ?? defaultDataFolder());
  const [channels, height, width] = located.description.shape;
  const backbone = await loadBackbone(file, [height, width], readingOptions(options));
  noteReading(backbone, reporter);
  const dataset = resizedAs(located, backbone.preprocessing);
  const preprocessing = await givenPreprocessing(file, options, backbone.takesPixels, channels);
  const out = options.out ?? `${(await import('node:path')).parse(file).name}.cascade`;
  const manifest = await makeCascade(backbone, dataset, await openChosenEngine(options, reporter), {
    out,
    exits: options.exits,
    heads: options.heads,
    augmentedPasses: options.augment,
    ...(options.fitImages === undefined ? {} : { fitImages: options.fitImages }),
    preprocessing,
    onReading: (choice) => reporter.note(describeReading(choice)),
    forceBackbone: options.forceBackbone ?? false,
    onBadImage: options.onBadImage,
    ...(options.backend === undefined ? {} : { fitBackend: options.backend }),
    seed: options.seed,
    force: options.force ?? false,
    version,
    reporter,
    signal,
  });
  if (options.json) return print(JSON.stringify(manifest, null, 2));
  print(
    `${out}: ${backbone.architecture} on ${dataset.description.title}, ${manifest.exits.length} exits, ${grouped(manifest.full_macs)} MACs\n`,
  );
  print(
    renderTable(
      ['exit after', 'head', 'MACs up to here', 'head MACs', 'accuracy on held-out fitting images'],
      manifest.exits.map((exit) => [
        exit.name,
        exit.head,
        grouped(exit.backbone_macs + exit.head_macs),
        grouped(exit.head_macs),
        `${exit.held_out_accuracy_percent!.toFixed(1)} %`,
      ]),
    ),
  );
  reporter.note(`Next: cascade calibrate ${out} --max-drop 1%`);
}

/** @throws CascadeError if what is given does not fit together, or not to the file or the channels of an image. */
async function givenPreprocessing(
  file: string,
  { mean, std, channels: order }: AttachCommandOptions,
  takesPixels: boolean,
  channels: number,
): Promise<GivenPreprocessing> {
  const { usageError } = await import('../errors.js');
  if (
    (mean === undefined) !== (std === undefined) ||
    (mean && (mean.length !== channels || std!.length !== channels || std!.some((value) => value <= 0)))
  ) {
    throw usageError(
      `--mean and --std go together, one number for each of the ${channels} channels, each --std above 0.`,
    );
  }
  if (takesPixels && (mean !== undefined || order !== undefined))
    throw usageError(
      `${file} takes pixels 0 … 255 and normalises them itself; leave --mean, --std and --channels away.`,
    );
  if (order === 'bgr' && channels !== 3)
    throw usageError(`--channels bgr is for images of 3 channels, and these have ${channels}; leave it out.`);
  if (mean === undefined || std === undefined) return { channels: order };
  return { normalization: { mean, std, ...(order === 'bgr' ? { channels: order } : {}) } };
}
