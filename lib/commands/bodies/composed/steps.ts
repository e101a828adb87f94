import type { CommandContext } from '../../common/context.js';
import { shellWords } from '../../common/repeat/shell-words.js';

/** Prints a command as its user would type it, and runs it. @param shown what is typed, where a shell makes more words of it. */
export async function step(
  words: readonly string[],
  { print, cascade }: Pick<CommandContext, 'print' | 'cascade'>,
  shown = shellWords(words),
): Promise<void> {
  print(`\n$ cascade ${shown}\n`);
  await cascade(words);
}
