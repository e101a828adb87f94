#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CommanderError } from 'commander';
import { contextOf, type RunCommand } from '../lib/commands/context.js';
import { createProgram } from '../lib/commands/program.js';
import { PACKAGE_ROOT } from '../lib/data/package-root.js';
import { CascadeError, EXIT_CODE } from '../lib/errors.js';

const { version } = JSON.parse(readFileSync(path.join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
  version: string;
};

const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort(new CascadeError('Interrupted.', EXIT_CODE.interrupted)));
// A reader that closes early (`cascade … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? 0 : EXIT_CODE.failed),
);

const run: RunCommand = (work, options) => work(contextOf(options, interruption.signal, version));

const program = createProgram(version, run);
for (const command of [program, ...program.commands]) {
  command.exitOverride();
  command.showHelpAfterError('(add --help for what it takes)');
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Prints a failure as one sentence on stderr. @returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODE.done : EXIT_CODE.wrongUsage;
  const isDebug = process.argv.includes('--debug');
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CascadeError) {
    process.stderr.write(`cascade: ${message}\n`);
    if (isDebug) process.stderr.write(`${error.stack}\n`);
    return error.exitCode;
  }
  process.stderr.write(
    `cascade: unexpected failure: ${message.split('\n')[0]} (add --debug for the stack trace)\n`,
  );
  if (isDebug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return EXIT_CODE.failed;
}
