import { printableLines } from '../../printable.js';
import { terminalReporter } from '../../report/progress.js';
import { SILENT } from '../../reporter.js';
import type { CommandContext, CommonOptions } from './context.js';

/** Results go to stdout, progress and notes to stderr. */
export function terminalContext(
  options: CommonOptions,
  signal: AbortSignal,
  version: string,
): CommandContext {
  return {
    reporter: options.quiet ? SILENT : terminalReporter(process.stderr),
    signal,
    version,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    print: (text) => process.stdout.write(`${printableLines(text)}\n`),
  };
}
