import type { CommandContext } from '../../common/context.js';
import { shellWords } from '../../common/repeat/shell-words.js';

/** Prints a command as its user would type it, and runs it. */
export async function step(
  words: readonly string[],
  { print, cascade }: Pick<CommandContext, 'print' | 'cascade'>,
): Promise<void> {
  print(`\n$ cascade ${shellWords(words)}\n`);
  await cascade(words);
}
