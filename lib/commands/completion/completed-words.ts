import type { Argument, Command, Option } from 'commander';

/** What may be typed for a value: one of a few words, a path, or anything. */
export type Values = readonly string[] | 'paths' | 'anything';

export interface CompletedOption {
  /** `--max-drop`, and the short form where there is one. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined where none follows. */
  readonly values: Values | undefined;
  /** Whether more values may follow the first. */
  readonly isRepeated: boolean;
}

export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** What its arguments are. */
  readonly values: Values;
}

/** What a shell completes behind the name of a program, and behind each of its commands. */
export interface CompletedProgram {
  readonly name: string;
  readonly options: readonly CompletedOption[];
  readonly commands: readonly CompletedCommand[];
}

/** What values that are paths are called in the help. */
const PATHS = /^(backbone|cascade|csv|files?|folder|images|networks|paths)\b/;

/** All that there is to be completed, by the commands themselves. */
export function completedWords(program: Command): CompletedProgram {
  const options = (command: Command): readonly CompletedOption[] =>
    command.createHelp().visibleOptions(command).map(completedOption);
  return {
    name: program.name(),
    options: options(program),
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: firstClause(command.description()),
      options: options(command),
      values: valuesOfArguments(command.registeredArguments),
    })),
  };
}

function completedOption(option: Option): CompletedOption {
  const { long, short, required, optional, variadic, argChoices, description, flags } = option;
  return {
    flags: [long, short].filter((flag) => flag !== undefined && flag !== null),
    description: firstClause(description),
    values: required || optional ? valuesOf(argChoices, /[<[]([^>\]]+)/.exec(flags)?.[1] ?? '') : undefined,
    isRepeated: variadic,
  };
}

function valuesOfArguments(given: readonly Argument[]): Values {
  const kinds = given.map((argument) => valuesOf(argument.argChoices, argument.name()));
  return kinds.find((values) => values !== 'anything') ?? 'anything';
}

function valuesOf(choices: readonly string[] | undefined, name: string): Values {
  return choices ?? (PATHS.test(name) ? 'paths' : 'anything');
}

/** Shells show a line beside each word. */
function firstClause(description: string): string {
  return description.split(/[:;(]/)[0]!.trim();
}
