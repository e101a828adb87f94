import { Command, Option } from 'commander';
import type { OnBadImage } from '../records/usable-split.js';
import { ATTACH_DEFAULTS } from './attach.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { parseFolder, parseSeed, parseWords } from './common/parse.js';

export interface ChainCommandOptions extends CommonOptions, EngineOptions {
  readonly data: string;
  readonly dataDir?: string;
  readonly out: string;
  readonly names?: readonly string[];
  readonly onBadImage: OnBadImage;
  readonly seed: number;
  readonly force?: boolean;
  readonly forceBackbone?: boolean;
}

export function chainCommand(chain: Action<[files: string[], options: ChainCommandOptions]>): Command {
  const command = new Command('chain')
    .description('run trained networks one after another until one is sure; nothing is fitted')
    .argument(
      '<networks...>',
      'from the cheapest to the dearest, which is the full network: files as `attach` takes them, or cascades of one network, whose exits come along',
    )
    .requiredOption(
      '--data <name>',
      'data set: a name that `cascade fetch` lists, or a folder with a dataset.json',
    )
    .requiredOption('--out <folder>', 'the cascade to make', parseFolder)
    .option('--data-dir <folder>', 'where data sets are (default: $CASCADE_DATA, else ~/.cache/cascade)')
    .option(
      '--names <names>',
      'what reports call the networks, such as small,large (default: their files)',
      parseWords,
    )
    .addOption(
      new Option(
        '--on-bad-image <what>',
        'stop at an image that cannot be decoded, or skip: decode all once beforehand and leave such images out',
      )
        .choices(['stop', 'skip'])
        .default(ATTACH_DEFAULTS.onBadImage),
    )
    .option('--seed <number>', 'seed of everything random', parseSeed, ATTACH_DEFAULTS.seed)
    .option('--force', 'replace a cascade that is there')
    .option('--force-backbone', 'go on also where a network is no better than chance')
    .addHelpText(
      'after',
      `
How each network's pixels are normalised is tried on fitting images. Where that must be given, \`cascade attach\` the network first
and name its cascade here.

Example:
  cascade chain resnet20-12fca82f.th resnet56-4bfd9763.th --data cifar10 --names resnet20,resnet56 --out chain.cascade`,
    );
  return withCommonOptions(withEngineOptions(command)).action(chain);
}
