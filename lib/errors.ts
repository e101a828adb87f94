import { printable } from './printable.js';

/** What a process ends with: 3 says that a monitor's alarm is raised, and all went well. 130 and 143 are the shell's convention for "ended by a signal" (128 + SIGINT, 128 + SIGTERM). */
export const EXIT_CODE = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  alarm: 3,
  interrupted: 130,
  terminated: 143,
} as const;

/**
 * What kind of failure a program that uses the library has before it: `CASCADE_WRONG_USAGE` is an option or argument that makes no sense
 * (on the command line also one that names what is not there),
 * `CASCADE_ALARM` a monitor's alarm, with which only the command line ends, `CASCADE_INTERRUPTED` an end by SIGINT or SIGTERM,
 * `CASCADE_FAILED` anything else, such as a file that is damaged or not there.
 */
export type CascadeErrorCode =
  | 'CASCADE_FAILED'
  | 'CASCADE_WRONG_USAGE'
  | 'CASCADE_ALARM'
  | 'CASCADE_INTERRUPTED';

/**
 * A failure that its user can mend: the message is one sentence that says what is wrong, in which file or
 * option, and what to do. The command line prints the message alone, never a stack trace.
 */
export class CascadeError extends Error {
  override readonly name = 'CascadeError';
  /** What kind of failure it is. */
  readonly code: CascadeErrorCode;

  /** @param exitCode what the command line ends with; 1 when left out. */
  constructor(
    message: string,
    readonly exitCode: number = EXIT_CODE.failed,
    options?: ErrorOptions,
  ) {
    // Names in files from anywhere reach the terminal here: they must neither move its cursor nor break the sentence.
    super(printable(message), options);
    this.code = codeOf(exitCode);
  }
}

function codeOf(exitCode: number): CascadeErrorCode {
  if (exitCode === EXIT_CODE.failed) return 'CASCADE_FAILED';
  if (exitCode === EXIT_CODE.alarm) return 'CASCADE_ALARM';
  return exitCode === EXIT_CODE.wrongUsage ? 'CASCADE_WRONG_USAGE' : 'CASCADE_INTERRUPTED';
}

/** A wrong option or argument: exit code 2. */
export function usageError(message: string): CascadeError {
  return new CascadeError(message, EXIT_CODE.wrongUsage);
}

/** The system's own words for a failed file operation ("no such file or directory"), without code and path. */
export function systemReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message;
}
