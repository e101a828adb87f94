import { Command, Option } from 'commander';
import type { MacConvention } from '../network/macs.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import { DATA_DIR } from './common/data-options.js';
import { type EngineOptions, withEngineOptions } from './common/engine-options.js';
import type { Action } from './common/load-body.js';
import { parseImageSize } from './common/parse.js';
import { type ReadingCommandOptions, withReadingOptions } from './common/reading-options.js';
import { withConfigOption } from './common/repeat/config-option.js';

export interface InspectOptions extends CommonOptions, EngineOptions, ReadingCommandOptions {
  readonly data?: string;
  readonly dataDir?: string;
  readonly imageSize?: readonly [number, number];
  readonly macConvention: MacConvention;
  readonly probe?: boolean;
  readonly results: string;
}

export function inspectCommand(inspect: Action<[file: string, options: InspectOptions]>): Command {
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
    .option(DATA_DIR[0], `with --data: ${DATA_DIR[1]}`)
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
    .option('--probe', 'with --data: fit a quick probe after every block, to show where exits are worthwhile')
    .option('--results <folder>', 'with --probe: where its CSV file and pictures go', 'results')
    .addHelpText(
      'after',
      '\nExamples:\n  cascade inspect resnet56-4bfd9763.th\n  cascade inspect resnet56-4bfd9763.th --data cifar10 --probe',
    );
  withEngineOptions(withReadingOptions(command), 'with --data: ');
  return withCommonOptions(withConfigOption(command)).action(inspect);
}
