import { Command, Option } from 'commander';
import { CHANNEL_ORDERS, type ChannelOrder } from '../network/input/channel-order.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { DATA, DATA_DIR } from './common/data-options.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { MAKING_DEFAULTS, type MakingCommandOptions, withMakingOptions } from './common/making-options.js';
import { parseCount, parseEpochs, parseFolder, parseNumbers, parsePercentage } from './common/parse.js';
import { type ReadingCommandOptions, withReadingOptions } from './common/reading-options.js';

export interface AttachCommandOptions
  extends CommonOptions,
    MakingCommandOptions,
    EngineOptions,
    ReadingCommandOptions {
  readonly out?: string;
  readonly exits: string;
  readonly heads?: string;
  readonly autoDrop?: number;
  readonly augment: number;
  readonly epochs?: number;
  readonly fitImages?: number;
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly channels?: ChannelOrder;
}

/** What `cascade attach` does where its user says nothing. */
const ATTACH_DEFAULTS = {
  exits: 'stages',
  augment: 1,
  ...MAKING_DEFAULTS,
} as const;

export function attachCommand(attach: Action<[file: string, options: AttachCommandOptions]>): Command {
  const command = new Command('attach')
    .description('attach exits to a trained backbone, fit their heads, record all outputs')
    .argument(
      '<backbone>',
      'trained network (.th, .pt, .pth, .safetensors, .onnx, .h5, .keras, or a tfjs model.json, folder or URL)',
    )
    .requiredOption(...DATA)
    .option(...DATA_DIR)
    .option(
      '--out <folder>',
      'the cascade to make (default: the name of the backbone with .cascade)',
      parseFolder,
    )
    .option(
      '--exits <places>',
      'auto (where quick probes show a saving), stages, all, a number, blocks such as 8,17 (one alone with a comma: 8,), none (beside students), or a placement with a number: linear:4, pareto:4, fine:4, golden:4',
      ATTACH_DEFAULTS.exits,
    )
    .option(
      '--heads <kinds>',
      'linear, paper, mlp, conv, conv1x1, deep or means; one a block, such as 6:mlp,10:conv; input:student@10% puts a small network of its own before the backbone, with so many of its MACs (several: input:student@5%,@15%), and may stand among the others; with --exits auto those to choose among, such as linear,mlp (default: mlp; with --exits auto linear,mlp)',
    )
    .option(
      '--auto-drop <share>',
      'with --exits auto: drop of accuracy that exits are chosen for (default: 1%)',
      parsePercentage,
    )
    .option(
      '--augment <passes>',
      'extra passes over cropped and flipped fitting images',
      parseCount,
      ATTACH_DEFAULTS.augment,
    )
    .option(
      '--epochs <number>',
      'passes over the fitting images in which students and deep heads are fitted (default: 36 and 18)',
      parseEpochs,
    )
    .option('--fit-images <number>', 'fit on so many images, chosen at random (default: all)', parseCount)
    .option(
      '--mean <numbers>',
      'mean of each channel, 0 to 1 (default: of the usual ones, those that fit the fitting images best)',
      parseNumbers,
    )
    .option('--std <numbers>', 'standard deviation of each channel, likewise', parseNumbers)
    .addOption(
      new Option(
        '--channels <order>',
        'order in which the backbone takes the channels (default: likewise)',
      ).choices(CHANNEL_ORDERS),
    );
  withMakingOptions(command, 'attach also to a backbone that is no better than chance').addHelpText(
    'after',
    '\nExample:\n  cascade attach resnet56-4bfd9763.th --data cifar10 --exits 8,17 --out r56.cascade',
  );
  return withCommonOptions(withEngineOptions(withReadingOptions(command))).action(attach);
}
