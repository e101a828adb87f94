import type { Command } from 'commander';
import type { CommandContext, CommonOptions } from '../common/context.js';
import { bashCompletion } from './bash.js';
import { type CompletedProgram, completedWords } from './completed-words.js';
import type { Shell } from './completion.js';
import { fishCompletion } from './fish.js';
import { zshCompletion } from './zsh.js';

const SCRIPTS: Readonly<Record<Shell, (program: CompletedProgram) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** Prints a script that completes the commands of a program, made of the program itself. */
export function completionPrinter(
  program: Command,
): (shell: Shell, options: CommonOptions, context: CommandContext) => Promise<void> {
  return async (shell, _options, { print }) => print(SCRIPTS[shell](completedWords(program)).trimEnd());
}
