import type { Command } from 'commander';
import type { Invocation } from '../../report/results/write-results.js';
import type { Reporter } from '../../reporter.js';

/** What every command is given besides its own options. */
export interface CommandContext {
  readonly reporter: Reporter;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly version: string;
  /** How the command was called. */
  readonly invocation: Invocation;
  /** Runs another command of cascade in this process, by its words as they are typed behind `cascade`. */
  readonly cascade: (words: readonly string[]) => Promise<void>;
  /** Columns of the terminal that results go to; undefined where they go elsewhere. */
  readonly columns: number | undefined;
  /** Prints a result on stdout. */
  print(text: string): void;
}

/** What all commands of a program share. */
export interface Session extends Pick<CommandContext, 'signal' | 'version' | 'cascade'> {
  /** Whether another command follows, so that what is said to come next is left out. */
  readonly isStep: boolean;
}

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly config?: string;
}

export function withCommonOptions(
  command: Command,
  { json = true }: { readonly json?: boolean } = {},
): Command {
  if (json)
    command.option('--json', 'print the result as JSON; an error, too, as the last line on standard error');
  return command
    .option('--quiet', 'no progress and no notes')
    .option('--debug', 'show the stack trace of an error');
}
