import type { Command } from 'commander';
import { printableLines } from '../../printable.js';
import { terminalReporter } from '../../report/progress.js';
import { type Reporter, SILENT } from '../../reporter.js';

/** What every command is given besides its own options. */
export interface CommandContext {
  readonly reporter: Reporter;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly version: string;
  /** Prints a result on stdout. */
  print(text: string): void;
}

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Runs a command's work and turns its failures into messages and exit codes. */
export type RunCommand = (
  work: (context: CommandContext) => Promise<void>,
  options: CommonOptions,
) => Promise<void>;

export function withCommonOptions(
  command: Command,
  { json = true }: { readonly json?: boolean } = {},
): Command {
  if (json) command.option('--json', 'print the result as JSON');
  return command
    .option('--quiet', 'no progress and no notes')
    .option('--debug', 'show the stack trace of an error');
}

export function contextOf(options: CommonOptions, signal: AbortSignal, version: string): CommandContext {
  return {
    reporter: options.quiet ? SILENT : terminalReporter(process.stderr),
    signal,
    version,
    print: (text) => process.stdout.write(`${printableLines(text)}\n`),
  };
}
