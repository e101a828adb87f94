import type { CommandContext } from '../../common/context.js';
import { shellWords } from '../../common/shell-words.js';

/** Prints a command as its user would type it, and runs it. @param shown what is printed, where that is to be shorter. */
export async function step(
  words: readonly string[],
  { print, cascade }: Pick<CommandContext, 'print' | 'cascade'>,
  shown = words,
): Promise<void> {
  print(`\n$ ${shellWords(['cascade', ...shown])}\n`);
  await cascade(words);
}
