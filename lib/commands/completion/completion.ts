import { Argument, Command } from 'commander';
import { type CommonOptions, withCommonOptions } from '../common/context.js';
import type { Action } from '../common/load-body.js';

/** Shells that a script is written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

export function completionCommand(print: Action<[shell: Shell, options: CommonOptions]>): Command {
  const command = new Command('completion')
    .description('print a script with which a shell completes commands, options and their values')
    .addArgument(new Argument('<shell>', 'the shell that reads it').choices(SHELLS))
    .addHelpText(
      'after',
      `
Examples, each a line for the file that the shell reads when it starts:
  eval "$(cascade completion bash)"       # ~/.bashrc
  eval "$(cascade completion zsh)"        # ~/.zshrc, behind compinit
  cascade completion fish | source        # ~/.config/fish/config.fish`,
    );
  return withCommonOptions(command, { json: false }).action(print);
}
