import type { Command } from 'commander';

/** For commands that write CSV files, and beside them a record of how they were called. */
export function withConfigOption(command: Command): Command {
  return command.option(
    '--config <file>',
    'repeat a run by the record beside its CSV files, such as eval.run.json; what is typed here wins',
  );
}

/**
 * The words of a command line, with those of the record that `--config` names.
 *
 * @param program makes the command line once more, to read the words with.
 * @throws CascadeError if there is no such record, or it is of another command or has options that the command lacks.
 */
export async function withConfig(
  words: readonly string[],
  program: () => Command,
): Promise<readonly string[]> {
  if (!words.some((word) => word === '--config' || word.startsWith('--config='))) return words;
  const { repeatedWords } = await import('./repeated-words.js');
  return repeatedWords(words, program());
}
