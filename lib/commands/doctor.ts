import { Command } from 'commander';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import type { Action } from './common/load-body.js';

export function doctorCommand(examine: Action<[options: CommonOptions]>): Command {
  const command = new Command('doctor')
    .description('what this machine can run networks on, measured; what cannot be used, why, and what to do')
    .addHelpText('after', '\nExample:\n  cascade doctor');
  return withCommonOptions(command).action(examine);
}
