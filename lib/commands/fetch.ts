import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import type { Action } from './common/load-body.js';

export interface FetchOptions extends CommonOptions {
  readonly dataDir?: string;
  readonly all?: boolean;
}

export function fetchCommand(fetchNamed: Action<[name: string | undefined, options: FetchOptions]>): Command {
  const command = new Command('fetch')
    .description(
      'download a data set or known weights, check and unpack them; without a name, list what there is',
    )
    .argument('[name]', 'a data set such as cifar10 or svhn, or weights such as resnet56-cifar10')
    .option('--data-dir <folder>', 'where they are kept (default: $CASCADE_DATA, else ~/.cache/cascade)')
    .option('--all', 'also parts that no split uses, such as the extra images of SVHN')
    .addHelpText(
      'after',
      `
An interrupted download goes on where it stopped. $CASCADE_MIRROR names one or more base addresses, separated by spaces, that are
tried first for a file of the same name; $HTTP_PROXY, $HTTPS_PROXY and $NO_PROXY are respected.

Example:
  cascade fetch cifar10`,
    );
  return withCommonOptions(command).action(fetchNamed);
}
