import { CascadeError, type CascadeErrorCode, usageError } from '../../errors.js';
import { isWriteFailure, writeFailure } from '../../files/write-failure.js';
import { printable } from '../../printable.js';

/** Why a command ends without having done what it was asked, as `--json` prints it. */
export interface Failure {
  readonly message: string;
  readonly code: CascadeErrorCode;
  readonly exit_code: number;
}

/** One sentence for whatever was thrown. */
export function failureOf(error: unknown): Failure {
  const known = error instanceof CascadeError ? error : unexpected(error);
  return { message: known.message, code: known.code, exit_code: known.exitCode };
}

/** That the system did not let something be written needs no word about cascade; for all else its makers have to be asked. */
function unexpected(error: unknown): CascadeError {
  if (isWriteFailure(error) && error.path !== undefined) return writeFailure(error.path, error);
  const message = error instanceof Error ? error.message : String(error);
  return new CascadeError(
    `unexpected failure: ${message.split('\n')[0]!} (add --debug for the stack trace)`,
    undefined,
    { cause: error },
  );
}

/** Commander's report of a wrong option, which comes in lines ("error: …", "(Did you mean …?)"), as one sentence. */
export function wrongUsage(text: string, command: string): Failure {
  const sentence = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\.?\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  return failureOf(usageError(`${printable(sentence)}; see \`${command} --help\`.`));
}

/**
 * A line for standard error, where programs look for errors and the output stays empty: with `--json` an object that holds nothing but
 * `error`.
 */
export function failureText(failure: Failure, words: readonly string[] = process.argv): string {
  return words.includes('--json')
    ? `${JSON.stringify({ error: failure })}\n`
    : `cascade: ${failure.message}\n`;
}
