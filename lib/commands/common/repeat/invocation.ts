import type { Command, Option } from 'commander';
import type { OptionText } from '../../../report/results/run-record.js';
import type { Invocation } from '../../../report/results/write-results.js';
import { shellWords } from './shell-words.js';

type Texts = Readonly<Record<string, OptionText>>;

/** Options that change what is shown of a run, not what comes of it. */
const OF_SHOWING = new Set(['json', 'quiet', 'debug', 'config']);

/** What was typed for the options of a command, by their long names. */
const typedFor = new WeakMap<Command, Record<string, OptionText>>();

/** Has a command keep what is typed for its options, which its actions see only as what it means. */
export function keepTyped(command: Command): void {
  const typed: Record<string, OptionText> = {};
  typedFor.set(command, typed);
  for (const option of command.options) {
    command.on(`option:${option.name()}`, (text: string | undefined) => {
      const before = typed[option.name()];
      const earlier = Array.isArray(before) ? before : [];
      typed[option.name()] = option.variadic ? [...earlier, text ?? ''] : (text ?? true);
    });
  }
}

/** What was typed for a command's options so far, by their long names. */
export function typedTexts(command: Command): Texts {
  return typedFor.get(command) ?? {};
}

/** How a command was called, once its words were read. */
export function invocationOf(command: Command): Invocation {
  const typed = typedTexts(command);
  const { config } = typed;
  const defaults = command.options
    .map((option) => [option.name(), defaultText(option)] as const)
    .filter((entry): entry is readonly [string, OptionText] => entry[1] !== undefined);
  const options = Object.entries({ ...Object.fromEntries(defaults), ...typed });
  return {
    command: command.name(),
    line: shellWords(['cascade', command.name(), ...command.args, ...optionWords(typed)]),
    arguments: command.args,
    typed,
    options: Object.fromEntries(options.filter(([name]) => !OF_SHOWING.has(name))),
    config: typeof config === 'string' ? config : undefined,
  };
}

/** Options as words of a command line. */
export function optionWords(texts: Texts): readonly string[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    text === true ? [`--${name}`] : [`--${name}`, ...(typeof text === 'string' ? [text] : text)],
  );
}

/** What would have to be typed for an option's own value; undefined where that depends on something else. */
export function defaultText({
  defaultValue,
  defaultValueDescription,
  variadic,
}: Option): OptionText | undefined {
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  if (defaultValue === undefined) return undefined;
  return variadic ? (defaultValue as readonly string[]) : String(defaultValue);
}
