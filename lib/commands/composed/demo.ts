import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from '../common/context.js';
import type { Action } from '../common/load-body.js';
import { parseFolder } from '../common/parse.js';

export interface DemoOptions extends CommonOptions {
  readonly out: string;
  readonly results: string;
}

export function demoCommand(demo: Action<[options: DemoOptions]>): Command {
  const command = new Command('demo')
    .description(
      'every step from attach to report, on a network and data that come with cascade: a ResNet-20 and Fashion-MNIST',
    )
    .option('--out <folder>', 'the cascade to make; replaced if it is there', parseFolder, 'demo.cascade')
    .option('--results <folder>', 'where CSV files and the picture go', 'results')
    .addHelpText('after', '\nExample:\n  cascade demo');
  return withCommonOptions(command, { json: false }).action(demo);
}
