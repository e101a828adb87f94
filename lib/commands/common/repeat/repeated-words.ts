import { type Command, CommanderError, type Option } from 'commander';
import { usageError } from '../../../errors.js';
import { loadRunRecord, type OptionText } from '../../../report/results/run-record.js';
import { wrongWhereAbsent } from '../absent-names.js';
import { typedTexts } from './invocation.js';
import { checkPlaces } from './own-places.js';

/** @param program that no words were read with yet. */
export async function repeatedWords(words: readonly string[], program: Command): Promise<readonly string[]> {
  const [name, ...typed] = words;
  const command = program.commands.find((each) => each.name() === name);
  const operands = command && operandsOf(command, typed);
  const texts = command && typedTexts(command);
  // What is wrong with the words is said when they are read in earnest.
  if (command === undefined || operands === undefined || typeof texts?.['config'] !== 'string') return words;
  const file = texts['config'];
  const record = await loadRunRecord(file).catch((error: unknown) => {
    throw wrongWhereAbsent(error, { arguments: [], typed: { config: file } });
  });
  if (record.command !== name)
    throw usageError(
      `${file} is the record of a run of cascade ${record.command}; repeat it with \`cascade ${record.command} --config ${file}\`.`,
    );
  checkPlaces(record, file, { operands, texts });
  const options = Object.entries(record.options ?? {}).flatMap(([each, text]) => {
    const known = optionOf(command, each, text, file);
    return each in texts ? [] : wordsOf(known, text);
  });
  return [name, ...(operands.length > 0 ? [] : (record.arguments ?? [])), ...options, ...typed];
}

/** What is typed besides options; undefined where the words are none that the command takes. */
function operandsOf(command: Command, words: readonly string[]): readonly string[] | undefined {
  command.exitOverride().configureOutput({ outputError: () => {}, writeOut: () => {}, writeErr: () => {} });
  try {
    return command.parseOptions([...words]).operands;
  } catch (error) {
    if (error instanceof CommanderError) return undefined;
    throw error;
  }
}

/** @throws CascadeError if the command has no such option, or it takes no such value. */
function optionOf(command: Command, name: string, text: OptionText, file: string): Option {
  const option = command.options.find((each) => each.name() === name && name !== 'config');
  if (option === undefined)
    throw usageError(
      `${file} has the option ${JSON.stringify(name)}, which cascade ${command.name()} does not know; remove it.`,
    );
  const takesOne = option.required && !option.variadic;
  if (option.required === (text === true) || (takesOne && typeof text !== 'string'))
    throw usageError(
      `${file} gives --${name} ${option.required ? 'no text' : 'a text, and it takes none'}; write it as \`cascade ${command.name()} --help\` shows.`,
    );
  return option;
}

/** With an equals sign, so that no word behind is taken for another value and no value for an option. */
function wordsOf(option: Option, text: OptionText): readonly string[] {
  if (text === true) return [`--${option.name()}`];
  return (typeof text === 'string' ? [text] : text).map((each) => `--${option.name()}=${each}`);
}
