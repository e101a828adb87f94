import { existsSync } from 'node:fs';
import path from 'node:path';
import { CascadeError, EXIT_CODE } from '../../errors.js';
import { isInside } from '../../files/inside-folder.js';
import { isAbsent } from '../../files/open-for-reading.js';
import type { Invocation } from '../../report/results/write-results.js';

/**
 * A failure as the command line's own fault where the file that was not there is one that it names: wrong usage. Any other failure as it is:
 * what is missing inside a cascade was not mistyped.
 */
export function wrongWhereAbsent(
  error: unknown,
  invocation: Pick<Invocation, 'arguments' | 'typed'>,
): unknown {
  if (!(error instanceof CascadeError) || error.exitCode !== EXIT_CODE.failed || !isAbsent(error))
    return error;
  const { path: absent } = error.cause as NodeJS.ErrnoException;
  const words = [...invocation.arguments, ...Object.values(invocation.typed).flat()];
  if (absent === undefined || !words.some((word) => typeof word === 'string' && isNamedBy(word, absent)))
    return error;
  return new CascadeError(error.message, EXIT_CODE.wrongUsage, { cause: error });
}

/** Whether a path is a word's own, or stands in a folder of that name that is not there either. */
function isNamedBy(word: string, absent: string): boolean {
  const [named, whole] = [path.resolve(word), path.resolve(absent)];
  return named === whole || (isInside(named, whole) && !existsSync(named));
}
