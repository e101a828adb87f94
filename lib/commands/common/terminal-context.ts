import { printableLines } from '../../printable.js';
import { terminalReporter } from '../../report/progress.js';
import type { Invocation } from '../../report/results/write-results.js';
import { type Reporter, SILENT } from '../../reporter.js';
import type { CommandContext, CommonOptions, Session } from './context.js';

/** Results go to stdout, progress and notes to stderr. */
export function terminalContext(
  options: CommonOptions,
  { signal, version, cascade, isStep }: Session,
  invocation: Invocation,
): CommandContext {
  const reporter = options.quiet ? SILENT : terminalReporter(process.stderr);
  return {
    reporter: isStep ? withoutNext(reporter) : reporter,
    signal,
    version,
    invocation,
    cascade,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    print: (text) => process.stdout.write(`${printableLines(text)}\n`),
  };
}

/** Leaves out what a note says to type next. */
function withoutNext(reporter: Reporter): Reporter {
  return {
    ...reporter,
    note: (message) => {
      const rest = message.replace(/(^|\s)Next: .*$/s, '');
      if (rest !== '') reporter.note(rest);
    },
  };
}
