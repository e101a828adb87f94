#!/usr/bin/env node
import { readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { CommanderError } from 'commander';
import { failureOf, failureText } from '../lib/commands/common/failure.js';
import { runProgram } from '../lib/commands/program.js';
import { CascadeError, EXIT_CODE, systemReason } from '../lib/errors.js';
import { PACKAGE_ROOT } from '../lib/files/package-root.js';

const { version } = JSON.parse(readFileSync(path.join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
  version: string;
};

const interruption = new AbortController();
for (const [signal, code] of [
  ['SIGINT', EXIT_CODE.interrupted],
  ['SIGTERM', EXIT_CODE.terminated],
] as const) {
  // Kept after the first signal: whoever cleans up at exit and finds itself the only listener ends the process without a word.
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(code);
    interruption.abort(new CascadeError('Interrupted; the same command goes on where it can.', code));
  });
}
// A reader that closes early (`cascade … | head`) is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT_CODE.done);
    if (stream === process.stdout)
      writeSync(
        process.stderr.fd,
        failureText(failureOf(new CascadeError(`The output cannot be written: ${systemReason(error)}.`))),
      );
    process.exit(EXIT_CODE.failed);
  });
}

try {
  await runProgram(process.argv.slice(2), { version, signal: interruption.signal });
} catch (error) {
  process.exitCode = report(error);
}

/** Prints a failure as one sentence on stderr. @returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODE.done : EXIT_CODE.wrongUsage;
  const failure = failureOf(error);
  // First, so that the failure itself is always the last line.
  if (process.argv.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.stderr.write(failureText(failure));
  return failure.exit_code;
}
