import path from 'node:path';
import { folderName } from '../../../artifact/folders/folder-name.js';
import { usageError } from '../../../errors.js';
import { isInside } from '../../../files/inside-folder.js';
import type { RunRecord } from '../../../report/results/run-record.js';
import { shellWords } from './shell-words.js';

/** What was typed beside `--config`. */
interface Typed {
  readonly operands: readonly string[];
  readonly texts: Readonly<Record<string, unknown>>;
}

/** Commands that change the cascade that they are given. */
const CHANGING: ReadonlySet<string> = new Set(['calibrate']);

/**
 * A record may come from anywhere: where its run would write must be below the folder that one is in, where the record lies, or typed.
 *
 * @param file the record's.
 * @throws CascadeError if it names another place, or what reads as an option among its arguments.
 */
export function checkPlaces(
  { command, arguments: given = [], options = {} }: RunRecord,
  file: string,
  { operands, texts }: Typed,
): void {
  const repeat = (...words: readonly string[]): string =>
    shellWords(['cascade', command, ...words, '--config', file]);
  const option = given.find((each) => each.startsWith('-'));
  if (option !== undefined)
    throw usageError(`${file} has the argument ${JSON.stringify(option)}, which is an option; put it there.`);
  const [cascade] = given;
  if (CHANGING.has(command) && operands.length === 0 && cascade !== undefined && !isBelow(cascade))
    throw usageError(
      `${file} changes ${cascade}, which is not below this folder; if that is meant, type it: ${repeat(cascade)}.`,
    );
  const { results } = options;
  if (typeof results !== 'string' || 'results' in texts || isBelow(results)) return;
  if (isOfRecord(results, operands[0] ?? cascade, file)) return;
  throw usageError(
    `${file} writes into ${results}, which is neither below this folder nor where the record lies; if that is meant, type it: ${repeat('--results', results)}.`,
  );
}

function isBelow(place: string): boolean {
  return isInside(process.cwd(), path.resolve(place));
}

/** Whether a record lies where a run with these `--results` puts what it says of a cascade. */
function isOfRecord(results: string, cascade: string | undefined, file: string): boolean {
  const name = cascade === undefined ? undefined : folderName(cascade);
  return name !== undefined && path.resolve(results, name) === path.dirname(path.resolve(file));
}
