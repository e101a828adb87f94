import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { DATA, DATA_DIR } from './common/data-options.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { type MakingCommandOptions, withMakingOptions } from './common/making-options.js';
import { parseFolder, parseImageSizes, parseWords } from './common/parse.js';

export interface ChainCommandOptions extends CommonOptions, MakingCommandOptions, EngineOptions {
  readonly out: string;
  readonly names?: readonly string[];
  readonly imageSizes?: readonly (readonly [height: number, width: number])[];
}

export function chainCommand(chain: Action<[files: string[], options: ChainCommandOptions]>): Command {
  const command = new Command('chain')
    .description('run trained networks one after another until one is sure; nothing is fitted')
    .argument(
      '<networks...>',
      'from the cheapest to the most expensive, which is the full network: files as `attach` takes them, or cascades of one network, whose exits are used too',
    )
    .requiredOption(...DATA)
    .requiredOption('--out <folder>', 'the cascade to make', parseFolder)
    .option(...DATA_DIR)
    .option(
      '--names <names>',
      'what reports call the networks, such as small,large (default: their files)',
      parseWords,
    )
    .option(
      '--image-sizes <sizes>',
      'pixels of the images that each network takes, such as 224,260, resized from those of the data (default: as the data has them; cascades: their own)',
      parseImageSizes,
    );
  withMakingOptions(command, 'go on also where a network is no better than chance').addHelpText(
    'after',
    `
How each network's pixels are normalised is tried on fitting images. Where that must be given, \`cascade attach\` the network first
and name its cascade here.

Example:
  cascade chain resnet20-12fca82f.th resnet56-4bfd9763.th --data cifar10 --names resnet20,resnet56 --out chain.cascade`,
  );
  return withCommonOptions(withEngineOptions(command)).action(chain);
}
