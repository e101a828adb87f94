import { CascadeError } from '../../lib/errors.js';

/** What a program's fault reads like when it is put into a sentence. */
const INTERNAL =
  /Cannot (read propert|set propert|convert|destructure|mix)|is not (a function|iterable|a constructor)|Invalid (typed )?(array|string) length|Maximum call stack|must be of type|\[object /;

/**
 * Whether a refusal is one sentence for a user; its length is bounded by `CascadeError` itself.
 *
 * @param content of the file, whose own words are no fault of the sentence.
 */
export function isOneSentence(error: unknown, content: Buffer): error is CascadeError {
  if (!(error instanceof CascadeError)) return false;
  const { message } = error;
  const internal = INTERNAL.exec(message)?.[0];
  const isForUsers = internal === undefined || content.includes(internal);
  return isForUsers && message.endsWith('.');
}

/** How much of a message is shown, in characters. */
const SHOWN = 400;

/** Lines of a stack that say where a fault is. */
const STACK_LINES = 4;

/** What went wrong, and where, without what differs from run to run. */
export function describeFault(error: unknown, folder: string): string {
  const isRefusal = error instanceof CascadeError;
  const said = error instanceof Error ? `${error.name}: ${error.message.slice(0, SHOWN)}` : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const places = stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, STACK_LINES)
    .map((line) => line.trim());
  const prefix = isRefusal ? 'not one sentence: ' : '';
  return [prefix + said, ...places].join('\n  ').replaceAll(folder, 'CASE');
}
